import { answerInCage } from '../documents/caged-process.ts';
import { makePreview } from './make-preview.ts';

answerInCage(makePreview);
