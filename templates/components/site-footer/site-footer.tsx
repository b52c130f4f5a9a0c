import { ACCESSIBILITY_PATH, CORRECTION_PATH, SITE_MAP_PATH, VERIFY_PATH } from '../../addresses.ts';
import type { SiteChrome } from '../../page-types.ts';

const ICP_REGISTER = 'https://beian.miit.gov.cn/';
const POLICE_REGISTER = 'https://beian.mps.gov.cn/';

/**
 * Has the nine items that inspections look for on every page (rule R33). The two official marks are neutral boxes:
 * the real emblems are issued to a site and may not be drawn by anyone else.
 */
export function SiteFooter({ chrome }: { readonly chrome: SiteChrome }) {
  const accessibilityUrl = chrome.accessibilityUrl ?? ACCESSIBILITY_PATH;
  return (
    <footer class="site-footer">
      <div class="wrap">
        <FriendlyLinks chrome={chrome} />
        <div class="footer-body">
          <div class="footer-text">
            <ul class="footer-links">
              <li>
                <a href={SITE_MAP_PATH}>站点地图</a>
              </li>
              <li>
                <a href={chrome.correctionUrl ?? CORRECTION_PATH}>我为政府网站找错</a>
              </li>
              <li>
                <a href={accessibilityUrl}>适老化与无障碍</a>
              </li>
              <li>
                <a href={VERIFY_PATH}>页面存证核验</a>
              </li>
            </ul>
            <Registration chrome={chrome} />
          </div>
          <ul class="footer-marks" aria-label="网站标识">
            <li>
              <span class="mark">党政机关标识（占位）</span>
            </li>
            <li>
              <a class="mark" href={accessibilityUrl}>
                适老化标识（占位）
              </a>
            </li>
          </ul>
        </div>
      </div>
    </footer>
  );
}

function FriendlyLinks({ chrome }: { readonly chrome: SiteChrome }) {
  if (chrome.friendlyLinks === undefined || chrome.friendlyLinks.length === 0) return null;
  return (
    <nav class="friendly-links" aria-label="相关网站">
      <span aria-hidden="true">相关网站</span>
      <ul>
        {chrome.friendlyLinks.map((link) => (
          <li>
            <a href={link.url}>{link.name}</a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Registration({ chrome }: { readonly chrome: SiteChrome }) {
  return (
    <>
      <ul class="footer-facts">
        <li>主办单位：{chrome.organiser}</li>
        {chrome.operator !== undefined && <li>承办单位：{chrome.operator}</li>}
        <li>联系方式：{chrome.contact}</li>
        {chrome.address !== undefined && <li>地址：{chrome.address}</li>}
      </ul>
      <ul class="footer-facts">
        <li>网站标识码：{chrome.identityCode}</li>
        <li>
          ICP备案：
          <RegisterEntry text={chrome.icpNumber} url={ICP_REGISTER} demo={chrome.demo} />
        </li>
        <li>
          公安备案：
          <RegisterEntry text={chrome.policeNumber} url={POLICE_REGISTER} demo={chrome.demo} />
        </li>
        <li>本网站支持 IPv6</li>
      </ul>
    </>
  );
}

/** An invented number must not send anyone to the real register. */
function RegisterEntry({ text, url, demo }: { text: string; url: string; demo: boolean }) {
  return demo ? <>{text}</> : <a href={url}>{text}</a>;
}
