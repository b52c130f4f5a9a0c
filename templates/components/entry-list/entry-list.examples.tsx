import type { Examples } from '../examples.ts';
import { columnExamples } from '../../pages/column.examples.ts';
import { EntryList } from './entry-list.tsx';

export const entryListExamples: Examples = {
  'notices, one pinned': <EntryList entries={columnExamples['the newest page of a column'].entries} />,
  'documents, some no longer in force': (
    <EntryList entries={columnExamples['a column of documents, some no longer in force'].entries} />
  ),
  'nothing yet': <EntryList entries={[]} />,
};
