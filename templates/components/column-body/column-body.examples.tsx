import { kindColumnExamples } from '../../pages/kinds.examples.ts';
import type { Examples } from '../examples.ts';
import { ColumnBody } from './column-body.tsx';

export const columnBodyExamples: Examples = {
  'leaders as cards': <ColumnBody body={kindColumnExamples['leaders as cards'].body} />,
  'institutions with a directory': (
    <ColumnBody body={kindColumnExamples['a directory of institutions'].body} />
  ),
  'a text on the page of its column': (
    <ColumnBody body={kindColumnExamples['a guide on the page of its column'].body} />
  ),
  'a catalogue': (
    <ColumnBody body={kindColumnExamples['a catalogue of what the law asks to be published'].body} />
  ),
  pictures: <ColumnBody body={kindColumnExamples['pictures with titles'].body} />,
  'nothing yet': <ColumnBody body={{ kind: 'pictures', entries: [] }} />,
};
