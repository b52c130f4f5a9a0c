import type { Examples } from '../examples.ts';
import { SizedPicture } from './sized-picture.tsx';

const picture = { url: '/files/lake-tower.svg', alt: '湖边的塔', width: 1600, height: 900 };

export const sizedPictureExamples: Examples = {
  'as it came': <SizedPicture picture={picture} shown="100vw" />,
  'in several widths': (
    <SizedPicture
      picture={{
        ...picture,
        variants: [
          { type: 'image/webp', url: '/files/lake-tower.svg?480', width: 480 },
          { type: 'image/webp', url: '/files/lake-tower.svg?960', width: 960 },
          { type: 'image/avif', url: '/files/lake-tower.svg?480a', width: 480 },
          { type: 'image/avif', url: '/files/lake-tower.svg?960a', width: 960 },
        ],
      }}
      shown="(min-width: 62em) 50rem, 100vw"
      loading="eager"
    />
  ),
};
