import type { Site, SiteState } from '../../../contracts/sites.ts';

/** What a state means for citizens, and what the platform does about it. */
export const stateMeanings: Readonly<Record<SiteState, string>> = {
  preparing: '正在准备栏目、内容和登记手续。域名打不开，别的网站不链接，搜索找不到。',
  testing: '可以用域名打开，供安全检测。别的网站不链接，搜索找不到，并谢绝外部搜索引擎收录。',
  online: '公众可以访问；其他网站的“相关网站”列出它，全区搜索能找到它。',
  offline: '所有网址都显示下线公告，别的网站不再链接，搜索找不到。页面保留，恢复上线后马上可以访问。',
  closed: '所有网址都显示关停公告，直到去掉它的域名。信息、网址和审计记录都保留。',
};

export interface StepWords {
  readonly label: string;
  /** What is to be done before, by the rules for government websites. */
  readonly duty: string;
}

/** The step to a state; where it comes from changes how it is called. */
export function stepWords(from: SiteState, to: SiteState): StepWords {
  switch (to) {
    case 'preparing':
      return {
        label: from === 'closed' ? '重新筹备' : '退回筹备',
        duty: '之后要重新通过安全检测，才能上线。',
      };
    case 'testing':
      return { label: '转入安全检测', duty: '须先填写域名，并把域名解析到本平台。' };
    case 'online':
      return from === 'offline'
        ? { label: '恢复上线', duty: '恢复前请确认下线的原因已经消除，并在门户网站更新公告。' }
        : {
            label: '上线',
            duty: '未通过安全检测的不得上线；上线前应取得网站标识码、ICP 备案和公安备案。',
          };
    case 'offline':
      return {
        label: '临时下线',
        duty: '须经上级主管单位同意，并在本站和门户网站公告；每年的次数和每次的天数都有限制，请按时恢复。',
      };
    case 'closed':
      return {
        label: '关停',
        duty: '关停前应把内容迁移到门户或其他网站，公告一段时间后再去掉域名，并注销网站标识码和备案。',
      };
  }
}

export const needsNotice = (state: SiteState): boolean => state === 'offline' || state === 'closed';

/** A host name out of what people paste: an address, capitals, a Chinese name. */
export function domainOf(typed: string): string {
  const text = typed.trim().replaceAll('。', '.');
  if (text === '') return '';
  const address = /^[a-z]+:\/\//i.test(text) ? text : `http://${text}`;
  return URL.canParse(address) ? new URL(address).hostname.replace(/\.$/, '') : text.toLowerCase();
}

/** Government websites stand under .gov.cn or .政务. */
export function isOfficial(domain: string): boolean {
  return domain.endsWith('.gov.cn') || domain.endsWith('.xn--zfr164b');
}

/** Text in one line, nothing around it. */
export function oneLine(typed: string): string {
  return typed.trim().replaceAll(/\s+/g, ' ');
}

/** What the words of a search may be found in. */
export function findSites(
  sites: readonly Site[],
  { words, state }: { readonly words: string; readonly state: SiteState | undefined },
): readonly Site[] {
  const wanted = words.trim().toLowerCase();
  return sites.filter(
    (site) =>
      (state === undefined || site.state === state) &&
      [site.name, site.shortName, site.organiser, site.identityCode, ...site.domains].some((text) =>
        text.toLowerCase().includes(wanted),
      ),
  );
}
