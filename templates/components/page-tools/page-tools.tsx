import { QR_PATH } from '../../addresses.ts';
import type { Path } from '../../page-types.ts';

/** Most need the script and are shown only with it; sharing calls no outside service. */
export function PageTools({ path }: { readonly path: Path }) {
  return (
    <ul class="page-tools" aria-label="页面工具">
      <li class="js-only">
        <button type="button" data-copy-link>
          复制链接
        </button>
      </li>
      <li>
        <details class="qr">
          <summary>二维码</summary>
          <div class="qr-box">
            <img
              src={`${QR_PATH}?path=${encodeURIComponent(path)}`}
              alt="本页网址的二维码"
              width={180}
              height={180}
              loading="lazy"
            />
            <p>用手机扫一扫，打开或分享本页</p>
          </div>
        </details>
      </li>
      <li class="js-only">
        <button type="button" data-print>
          打印
        </button>
      </li>
      <li class="js-only">
        <button type="button" data-read-aloud hidden>
          朗读
        </button>
      </li>
      <li class="js-only">
        <span class="tool-status" role="status" data-tool-status />
      </li>
    </ul>
  );
}
