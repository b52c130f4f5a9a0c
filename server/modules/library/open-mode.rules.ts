import type { ResourceContent } from '../../../contracts/library.ts';
import { openToAll } from '../../../contracts/resource-type.ts';

/** What an old text leaves out holds for nearly all. */
export const isOpenToAll = ({ openMode }: Pick<ResourceContent, 'openMode'>): boolean =>
  (openMode ?? '') === '' || openMode === openToAll;
