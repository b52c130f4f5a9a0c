import type { Examples } from '../examples.ts';
import { videoBlock } from '../../pages/blocks.examples.ts';
import { VideoBlock } from './video-block.tsx';

export const videoBlockExamples: Examples = {
  'with a poster': <VideoBlock block={videoBlock} id="video" />,
  'without a poster': <VideoBlock block={{ ...videoBlock, poster: undefined }} id="video" />,
};
