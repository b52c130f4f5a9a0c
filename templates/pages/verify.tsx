import { assetAddress, VERIFY_PATH } from '../addresses.ts';
import { prepareChrome, type PreparedChrome } from '../document.tsx';
import type { SiteChrome } from '../page-types.ts';
import { renderGuidance } from './guidance.tsx';

/** Where a visitor checks that a page is what was published, and when: the work is done by verify.js in the browser. */
export function renderVerify(chrome: SiteChrome, prepared: PreparedChrome = prepareChrome(chrome)): string {
  return renderGuidance(
    prepared,
    {
      path: VERIFY_PATH,
      title: '页面存证核验',
      description: '核验页面内容未被改动，查看首次发布时间和历次变动',
    },
    <>
      <p>
        本平台每个页面的每一次发布、修改和撤下，都在存证日志里留下一条记录。日志只能追加，不能改写；日志的树根带有数字签名。您可以在这里核验一个页面现在的内容与日志一致，看到它是什么时候首次发布的。
      </p>
      <form class="verify-form" action={VERIFY_PATH} method="get">
        <label for="verify-path">页面地址</label>
        <div class="search-line">
          <input id="verify-path" type="search" name="path" placeholder="例如 /zwgk/tzgg/1.html" required />
          <button type="submit">核验</button>
        </div>
      </form>
      <section class="verify-result" data-verify aria-labelledby="verify-result" hidden>
        <h2 id="verify-result">核验结果</h2>
        <p class="verify-verdict" role="status" data-verify-verdict />
        <ol class="verify-steps" data-verify-steps />
        <div data-verify-history />
      </section>
      <noscript>
        <p class="notice">在网页上核验需要浏览器启用脚本。没有启用时，请用下面的命令核验。</p>
      </noscript>
      <h2>用命令核验</h2>
      <p>
        网页上的核验程序来自本网站。要完全不依赖本网站，请用平台源代码中的
        <code>verify-transparency.mjs</code>：它只有一个文件，在您自己的电脑上用 Node.js 18 以上版本运行。
      </p>
      <pre class="verify-command" tabindex={0}>
        <code>node verify-transparency.mjs {chrome.homeUrl} --path /页面地址.html</code>
      </pre>
      <h2>核验能说明什么</h2>
      <ul>
        <li>页面现在的内容，就是日志里这一条记录的内容，一个字节也没有改动。</li>
        <li>
          这条记录最迟在所写的时间已经进入日志。保存过签名树根的任何人，都能发现日志后来被改写、删减，或者插入了倒签日期的记录。
        </li>
        <li>由旧网站迁入的信息，日志只证明它迁入以后的情况；此前的发布时间是迁入时声明的。</li>
        <li>存证不说明内容本身是否正确。</li>
      </ul>
      <script src={assetAddress(chrome, 'verify.js')} defer />
    </>,
  );
}
