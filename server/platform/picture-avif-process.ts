import { answerInCage } from './documents/caged-process.ts';
import { makeAvif } from './make-avif.ts';

answerInCage(makeAvif);
