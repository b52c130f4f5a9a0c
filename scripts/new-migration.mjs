// `npm run db:new <module> <what>`: an empty migration with the right name.
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { Explained, root, runMain, say } from './prepare.mjs';

await runMain(async () => {
  const [module, ...words] = process.argv.slice(2);
  const what = words.join('-').toLowerCase().replaceAll('_', '-');
  if (!module || !/^[a-z]+(-[a-z]+)*$/.test(what)) {
    throw new Explained(
      'Usage: npm run db:new <module> <what>, in small letters: npm run db:new library add-summary',
    );
  }
  if (module !== 'platform' && !existsSync(join(root, 'server/modules', module))) {
    throw new Explained(`There is no module "${module}" in server/modules.`);
  }
  const time = new Date()
    .toISOString()
    .replaceAll(/[^0-9]/g, '')
    .slice(0, 12);
  const path = join('migrations', `${time}-${module}-${what}.sql`);
  writeFileSync(join(root, path), '-- Why: \n', { flag: 'wx' });
  say(path);
});
