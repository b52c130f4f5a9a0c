import type { Examples } from '../examples.ts';
import { Portrait } from './portrait.tsx';

export const portraitExamples: Examples = {
  'a picture': (
    <Portrait picture={{ url: '/files/portrait.svg', alt: '', width: 480, height: 640 }} name="江临渊" />
  ),
  'an empty frame': <Portrait picture={undefined} name="柳听澜" />,
};
