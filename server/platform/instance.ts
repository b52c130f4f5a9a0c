import { randomUUID } from 'node:crypto';

import type { Db } from './db.ts';
import { readSetting } from './settings.ts';

const instanceSetting = 'platform.instance';

/** What this installation is called by other machines: made once, kept with the database, never changed. */
export async function instanceOf(db: Db): Promise<string> {
  const known = await readSetting(db, instanceSetting);
  if (known !== undefined) return known;
  await db
    .insertInto('platform.setting')
    .values({ name: instanceSetting, value: randomUUID() })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .execute();
  const made = await readSetting(db, instanceSetting);
  if (made === undefined) throw new Error('the name of this instance was written and is not there');
  return made;
}
