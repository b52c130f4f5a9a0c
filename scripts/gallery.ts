// Writes the gallery of the public pages into a folder: node --import tsx scripts/gallery.ts <folder>
import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

import { layOutStaticFiles } from '../server/static-files.ts';
import { renderGallery } from '../templates/gallery/gallery.tsx';
import { renderThemeStylesheet } from '../templates/index.ts';

async function writeGallery(target: string): Promise<void> {
  await mkdir(join(target, 'files'), { recursive: true });
  const sheets = renderGallery();
  for (const [name, html] of sheets) await writeFile(join(target, name), html);
  await layOutStaticFiles('templates', target);
  await cp('templates/gallery/gallery.css', join(target, 'static', 'gallery.css'));
  await writeFile(
    join(target, 'theme.css'),
    renderThemeStylesheet({ primary: '#0b5cad', accent: '#8a4b00' }),
  );
  await giveExamplesPictures(target, [...sheets.values()].join(''));
  console.log(`${sheets.size} sheets: ${join(target, 'index.html')}`);
}

const standIns: Readonly<Record<string, string>> = {
  'riverside.svg': 'river-hills.svg',
  'estate.svg': 'community.svg',
  'school.svg': 'canteen.svg',
  'sports.svg': 'park.svg',
};

/** The pictures of the demonstration stand in for those that the examples name. */
async function giveExamplesPictures(target: string, html: string): Promise<void> {
  const names = new Set([...html.matchAll(/"files\/([\w-]+\.svg)"/g)].map(([, name = '']) => name));
  for (const name of names) {
    await cp(join('demo/images', standIns[name] ?? 'lake-tower.svg'), join(target, 'files', name));
  }
}

const [folder] = process.argv.slice(2);
if (folder === undefined) {
  console.error('Usage: node --import tsx scripts/gallery.ts <folder>');
  process.exitCode = 1;
} else {
  await writeGallery(resolve(folder));
}
