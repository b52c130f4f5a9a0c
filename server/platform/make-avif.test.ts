import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { makeAvif } from './make-avif.ts';

describe('pictures as AVIF', () => {
  let directory = '';
  const plenty = 1_000_000;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'jiyue-avif-'));
  });
  afterAll(() => rm(directory, { recursive: true, force: true }));

  const aPicture = async (format: 'jpeg' | 'webp', orientation = 1): Promise<string> => {
    const path = join(directory, `${format}-${String(orientation)}`);
    const picture = sharp({ create: { width: 60, height: 30, channels: 3, background: '#468' } });
    await writeFile(path, await picture.withMetadata({ orientation }).toFormat(format).toBuffer());
    return path;
  };
  const widths = (forms: readonly { readonly width: number; readonly height: number }[]) =>
    forms.map(({ width, height }) => [width, height]);

  it('have the widths they are asked for, upright', async () => {
    const forms = [
      { width: 10, bytes: plenty },
      { width: 20, bytes: plenty },
    ];
    const path = await aPicture('jpeg', 6);
    expect(widths(await makeAvif({ path, forms, ownBytes: plenty }))).toEqual([
      [10, 20],
      [20, 40],
    ]);
  });

  it('of which one would save less than a tenth are none', async () => {
    const path = await aPicture('jpeg');
    const [only] = await makeAvif({ path, forms: [{ width: 20, bytes: plenty }], ownBytes: plenty });
    const size = only?.bytes.length ?? 0;
    const with20 = (bytes: number) =>
      makeAvif({
        path,
        forms: [
          { width: 10, bytes: plenty },
          { width: 20, bytes },
        ],
        ownBytes: plenty,
      });
    expect(await with20(Math.ceil(size / 0.9) - 1)).toEqual([]);
    expect(await with20(Math.ceil(size / 0.9))).toHaveLength(2);
  });

  it('that came as WebP stand for their own widest form too', async () => {
    const path = await aPicture('webp');
    const forms = [{ width: 20, bytes: plenty }];
    expect(widths(await makeAvif({ path, forms, ownBytes: plenty }))).toEqual([
      [20, 10],
      [60, 30],
    ]);
    expect(await makeAvif({ path, forms, ownBytes: 1 })).toEqual([]);
  });
});
