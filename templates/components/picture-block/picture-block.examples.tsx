import type { Examples } from '../examples.ts';
import { pictureBlock } from '../../pages/blocks.examples.ts';
import { PictureBlock } from './picture-block.tsx';

export const pictureBlockExamples: Examples = {
  'with a caption, leading somewhere': <PictureBlock block={pictureBlock} id="picture" />,
  alone: <PictureBlock block={{ kind: 'picture', picture: pictureBlock.picture }} id="picture" />,
};
