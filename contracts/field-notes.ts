import { type Static, Type } from 'typebox';

import { isDay } from './day.ts';
import { oddityOf } from './document-number.ts';
import { Closed } from './endpoint.ts';
import type { FieldDescription } from './resource-type.ts';

/** Something about a field that its editor may want to look at again. It never keeps anything from going on. */
export const FieldNote = Closed({
  field: Type.String(),
  message: Type.String(),
  /** What the field would rather say, where that is certain. */
  suggestion: Type.Optional(Type.String()),
});
export type FieldNote = Static<typeof FieldNote>;

/** The part of a content that notes are made from. */
export interface NotedContent {
  readonly category?: string;
  readonly documentNumber?: string;
  readonly writtenOn?: string;
  readonly effectiveOn?: string;
}

/** What is noted about one field. */
type Note = Omit<FieldNote, 'field'>;
type NotesOf = (content: NotedContent, today: string, field: FieldDescription) => readonly (Note | false)[];

const notesOf: ReadonlyMap<string, NotesOf> = new Map<string, NotesOf>([
  ['documentNumber', ({ documentNumber = '' }, _, { maxLength }) => [numberNote(documentNumber, maxLength)]],
  [
    'writtenOn',
    ({ writtenOn = '', effectiveOn = '' }, today) => [
      isLater(writtenOn, effectiveOn) && {
        message: `成文日期晚于施行日期（${effectiveOn}），请核对。`,
      },
      isLater(writtenOn, today) && { message: `成文日期还没有到（今天是${today}），请核对。` },
    ],
  ],
  [
    'effectiveOn',
    ({ category = '', effectiveOn = '' }) => [
      category.includes('规范性文件') &&
        effectiveOn === '' && { message: '规范性文件一般要写明施行日期，请核对。' },
    ],
  ],
]);

/**
 * What the fields of a type have to note about a content. `today` is the day in China. The same sentences stand in
 * the answers of the server and, while somebody types, beside the fields of the console.
 */
export function fieldNotes(
  fields: readonly FieldDescription[],
  content: NotedContent,
  today: string,
): readonly FieldNote[] {
  return fields.flatMap((field) => {
    const notes = notesOf.get(field.key)?.(content, today, field) ?? [];
    return notes.flatMap((note) => (note === false ? [] : [{ field: field.key, ...note }]));
  });
}

function numberNote(text: string, mostLetters = Infinity): Note | false {
  const oddity = oddityOf(text);
  if (oddity === undefined) return false;
  const { rightly, reasons } = oddity;
  if (rightly === undefined || rightly.length > mostLetters) {
    return { message: '文号与通行的写法不同，请核对；一般形如“浔府办发〔2026〕1号”。' };
  }
  const because = reasons.length === 0 ? '' : `：${reasons.join('，')}`;
  return { message: `文号宜写作“${rightly}”${because}。`, suggestion: rightly };
}

/** Days as text compare as days do; what is no day yet is later than nothing. */
function isLater(day: string, than: string): boolean {
  return isDay(day) && isDay(than) && day > than;
}
