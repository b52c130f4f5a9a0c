import sharp from 'sharp';
import { describe, expect, it } from 'vitest';

import { aPhotograph, type PictureFormat } from '../../test/factories/pictures.ts';
import { withoutMetadata } from './picture-metadata.ts';

const formats: readonly PictureFormat[] = ['jpeg', 'png', 'webp'];

describe('a picture without its metadata', () => {
  it.each(formats.flatMap((format) => [1, 6].map((orientation) => [format, orientation] as const)))(
    'is as %s the same picture to the last pixel, turned the same way (%i), in the same colours',
    async (format, orientation) => {
      const before = await aPhotograph(format, { orientation });
      const after = withoutMetadata(before, `image/${format}`, orientation);
      if (!after) throw new Error('it was not understood');
      const [was, is] = [await sharp(before).metadata(), await sharp(after).metadata()];
      expect([was.exif, was.xmp].every((one) => one !== undefined)).toBe(true);
      expect(is.xmp).toBeUndefined();
      expect(is.orientation ?? 1).toBe(orientation);
      expect(is.exif?.length ?? 0).toBeLessThan(40);
      expect(is.icc).toEqual(was.icc);
      expect(after.includes('Phone')).toBe(false);
      expect(after.length).toBeLessThan(before.length);
      expect(await sharp(after).raw().toBuffer()).toEqual(await sharp(before).raw().toBuffer());
      expect(withoutMetadata(after, `image/${format}`, orientation)).toEqual(after);
    },
  );

  it('is the same picture also when it comes into focus step by step', async () => {
    const before = await sharp(await aPhotograph('jpeg'))
      .keepMetadata()
      .jpeg({ progressive: true })
      .toBuffer();
    const after = withoutMetadata(before, 'image/jpeg', 1) ?? Buffer.alloc(0);
    expect(await sharp(after).raw().toBuffer()).toEqual(await sharp(before).raw().toBuffer());
    expect((await sharp(after).metadata()).exif).toBeUndefined();
  });

  it('moves on when it moved, and keeps 16 bits for each colour', async () => {
    const frames = await Promise.all(
      ['#a61c1c', '#0b5cad'].map((background) =>
        sharp({ create: { width: 8, height: 8, channels: 3, background } })
          .png()
          .toBuffer(),
      ),
    );
    const moving = await sharp(frames, { join: { animated: true } })
      .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/"/>')
      .webp({ delay: [100, 100] })
      .toBuffer();
    const clean = withoutMetadata(moving, 'image/webp', 1) ?? Buffer.alloc(0);
    expect(await sharp(clean, { animated: true }).metadata()).toMatchObject({ pages: 2, delay: [100, 100] });
    expect((await sharp(clean).metadata()).xmp).toBeUndefined();
    const deep = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#a61c1c' } })
      .toColourspace('rgb16')
      .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/"/>')
      .png()
      .toBuffer();
    const still = withoutMetadata(deep, 'image/png', 1) ?? Buffer.alloc(0);
    expect(await sharp(still).metadata()).toMatchObject({ depth: 'ushort' });
  });

  it('has nothing behind its end', async () => {
    for (const format of formats) {
      const picture = await aPhotograph(format);
      const tail = Buffer.concat([picture, await aPhotograph('jpeg')]);
      expect(withoutMetadata(tail, `image/${format}`, 1), format).toEqual(
        withoutMetadata(picture, `image/${format}`, 1),
      );
    }
  });

  it('is not made of what is not built as it should be', async () => {
    for (const format of formats) {
      const picture = await aPhotograph(format);
      for (const part of [picture.subarray(0, -9), picture.subarray(0, 30), Buffer.alloc(0)]) {
        expect(withoutMetadata(part, `image/${format}`, 1), format).toBeUndefined();
      }
    }
    expect(withoutMetadata(await aPhotograph('jpeg'), 'application/pdf', 1)).toBeUndefined();
  });
});
