import type { Examples } from '../examples.ts';
import { MediumTag } from './medium-tag.tsx';

export const mediumTagExamples: Examples = {
  'a film': <MediumTag medium="video" />,
  'an album': <MediumTag medium="album" />,
  'a text': <MediumTag medium={undefined} />,
};
