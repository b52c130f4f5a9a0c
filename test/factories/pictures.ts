import sharp from 'sharp';

export type PictureFormat = 'jpeg' | 'png' | 'webp';

/** Somewhere in Xunyang, and with what it was taken. */
const whereAndHow = {
  IFD0: { Make: 'Phone', Model: 'Phone 12', Artist: 'Zhang San' },
  IFD3: {
    GPSLatitudeRef: 'N',
    GPSLatitude: '29/1 44/1 6/1',
    GPSLongitudeRef: 'E',
    GPSLongitude: '115/1 59/1 24/1',
  },
};

/** A picture as a telephone writes it: with the place in EXIF, a history in XMP and a colour profile. */
export function aPhotograph(
  format: PictureFormat,
  wishes: { readonly orientation?: number } = {},
): Promise<Buffer> {
  const noise = { type: 'gaussian' as const, mean: 128, sigma: 60 };
  const picture = sharp({ create: { width: 64, height: 48, channels: 3, noise, background: '#a61c1c' } })
    .withMetadata({ orientation: wishes.orientation ?? 1 })
    .withExifMerge(whereAndHow)
    .withIccProfile('p3')
    .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/"><maker>Phone</maker></x:xmpmeta>');
  return picture[format]().toBuffer();
}
