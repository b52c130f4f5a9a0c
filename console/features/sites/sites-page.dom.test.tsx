import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';

import type { Role } from '../../../contracts/actor.ts';
import { identityApi } from '../../../contracts/identity.ts';
import { type Site, sitesApi } from '../../../contracts/sites.ts';
import { ApiError } from '../../lib/api-error.ts';
import type { Client } from '../../lib/client.ts';
import { renderWithServices } from '../../lib/render-with-services.tsx';
import { createSessionStore } from '../../lib/session-store.ts';
import { aSession, aWideScreen } from '../../lib/test-parts.ts';
import { type SitesAddress, SitesPage } from './sites-page.tsx';

/** jsdom lays nothing out, so there is nothing to observe or to measure. */
class QuietObserver {
  observe = vi.fn();
  unobserve = vi.fn();
  disconnect = vi.fn();
}
vi.stubGlobal('ResizeObserver', QuietObserver);
vi.stubGlobal('matchMedia', aWideScreen);
Element.prototype.scrollIntoView = vi.fn();

const bureau: Site = {
  id: '2',
  unitId: '7',
  key: 'jyj',
  name: '浔阳区教育体育局',
  shortName: '浔阳教体',
  isPortal: false,
  state: 'online',
  stateSince: '2026-11-22T02:00:00.000Z',
  notice: '',
  description: '教育体育局的网站',
  domains: ['jyj.example.gov.cn'],
  homeUrl: 'https://jyj.example.gov.cn/',
  identityCode: '3604030002',
  icpNumber: '赣ICP备12345678号-2',
  policeNumber: '赣公网安备 36040302000002号',
  organiser: '浔阳区教育体育局',
  contact: '0792-1234567',
  address: '浔阳路18号',
  theme: { primary: '#2b6a4d' },
  demonstration: false,
  version: 3,
  homeResourceId: null,
  nextStates: ['offline', 'closed'],
  missing: [],
};
const prepared: Site = {
  ...bureau,
  id: '3',
  name: '浔阳区民政局',
  shortName: '浔阳民政',
  state: 'preparing',
  domains: [],
  identityCode: '',
  nextStates: ['testing', 'closed'],
  missing: [
    { field: 'domains', message: '请填写至少一个域名' },
    { field: 'identityCode', message: '请填写网站标识码' },
  ],
};

interface Sent {
  readonly endpoint: unknown;
  readonly body: Record<string, unknown>;
}

function show(
  wishes: { address?: SitesAddress; role?: Role; refuse?: ApiError; sites?: readonly Site[] } = {},
) {
  const { address = {}, role = 'operator', refuse, sites = [bureau, prepared] } = wishes;
  const sent: Sent[] = [];
  const client = {
    call: (endpoint: unknown, input: { body?: Record<string, unknown> } = {}) => {
      if (endpoint === sitesApi.listSites) return Promise.resolve(sites);
      if (endpoint === identityApi.listUnits) return Promise.resolve([]);
      sent.push({ endpoint, body: input.body ?? {} });
      return refuse === undefined
        ? Promise.resolve({ ...bureau, ...input.body, version: bureau.version + 1 })
        : Promise.reject(refuse);
    },
    upload: (endpoint: unknown, { fields }: { fields: Record<string, unknown> }) => {
      sent.push({ endpoint, body: fields });
      return Promise.resolve({ id: '77' });
    },
  } as unknown as Client;
  const sessions = createSessionStore();
  sessions.set({ kind: 'signed-in', session: aSession({ roles: [role] }) });
  const onChange = vi.fn();
  renderWithServices(
    <SitesPage address={address} onChange={onChange} onColumns={vi.fn()} onHome={vi.fn()} />,
    { client, sessions },
  );
  return { sent, onChange };
}

const type = (label: string | RegExp, value: string): void => {
  const field = screen.getByLabelText(label);
  fireEvent.change(field, { target: { value } });
  fireEvent.blur(field);
};
const save = (): void => {
  fireEvent.click(screen.getByRole('button', { name: '保存' }));
};

/** Under test all dialogs have the same id for their titles, so their names tell nothing. */
async function dialogTitled(title: string): Promise<HTMLElement> {
  const dialog = (await screen.findByText(title)).closest<HTMLElement>('[role="dialog"]');
  if (dialog === null) throw new Error(`${title} is the title of no dialog`);
  return dialog;
}

describe('the list of sites', () => {
  afterEach(cleanup);

  it('says where each site stands and what it still lacks', async () => {
    show();
    const [, online, preparing] = await screen.findAllByRole('row');
    expect(online?.textContent).toContain('上线');
    expect(
      within(online as HTMLElement)
        .getByRole('link')
        .getAttribute('href'),
    ).toBe(bureau.homeUrl);
    expect(preparing?.textContent).toContain('筹备');
    expect(preparing?.textContent).toContain('上线前还缺 2 项');
  });

  it('finds a site by its domain, and says when none fits', async () => {
    show();
    await screen.findByRole('table');
    type('查找', 'jyj.example');
    expect(screen.getAllByRole('row')).toHaveLength(2);
    type('查找', '没有这样的');
    expect(screen.getByText('没有符合条件的站点')).toBeTruthy();
  });

  it('offers a new site to the operator alone', async () => {
    show({ role: 'supervisor', address: { site: 'new' } });
    await screen.findByRole('table');
    expect(screen.queryByRole('button', { name: '新增站点' })).toBeNull();
    expect(screen.queryByRole('dialog')).toBeNull();
  });
});

describe('the form of a site', () => {
  afterEach(cleanup);

  it('sends what was changed and nothing else, a pasted address as its host name', async () => {
    const { sent } = show({ address: { site: '2' } });
    await screen.findByRole('dialog');
    type('联系方式', ' 0792-7654321 ');
    type('主域名', 'https://JTJ.Example.gov.cn/index.html');
    save();
    await waitFor(() => {
      expect(sent).toHaveLength(1);
    });
    expect(sent[0]?.body).toEqual({
      expectedVersion: 3,
      contact: '0792-7654321',
      domains: ['jtj.example.gov.cn'],
    });
  });

  it('makes another domain the main one, and keeps the old one behind it', async () => {
    const { sent } = show({ address: { site: '2' } });
    await screen.findByRole('dialog');
    fireEvent.click(screen.getByRole('button', { name: '添加域名' }));
    type('域名 2', 'jtj.example.gov.cn');
    fireEvent.click(screen.getByRole('button', { name: '把域名 2 设为主域名' }));
    save();
    await waitFor(() => {
      expect(sent[0]?.body['domains']).toEqual(['jtj.example.gov.cn', 'jyj.example.gov.cn']);
    });
  });

  it('sends the looks that were chosen, with a logo uploaded for the unit of the site', async () => {
    const { sent } = show({ address: { site: '2' } });
    await screen.findByRole('dialog');
    fireEvent.mouseDown(screen.getByLabelText('首页版式'));
    fireEvent.click(await screen.findByText('紧凑：小图、长列表'));
    const picker = screen.getByLabelText<HTMLInputElement>('选择标志');
    fireEvent.change(picker, { target: { files: [new File(['x'], '标志.png', { type: 'image/png' })] } });
    expect(await screen.findByAltText('当前标志')).toBeTruthy();
    save();
    await waitFor(() => {
      expect(sent).toHaveLength(2);
    });
    expect(sent[0]?.body).toEqual({ unitId: bureau.unitId });
    expect(sent[1]?.body).toEqual({
      expectedVersion: 3,
      theme: { primary: '#2b6a4d', layout: 'compact', logoAssetId: '77' },
    });
  });

  it('says at the field what is wrong, and sends nothing', async () => {
    const { sent } = show({ address: { site: '2' } });
    await screen.findByRole('dialog');
    type('网站标识码', '123');
    type('主域名', '192.168.1.1');
    fireEvent.change(screen.getAllByLabelText('主色')[0] as HTMLElement, { target: { value: '#ffcc00' } });
    save();
    expect(await screen.findByText('应为 10 位数字')).toBeTruthy();
    expect(await screen.findByText(/^形如 jyj.example.gov.cn/)).toBeTruthy();
    expect(await screen.findByText(/^颜色太浅，白底上的文字会看不清/)).toBeTruthy();
    expect(sent).toEqual([]);
  });

  it('shows a refusal at its field and keeps what was typed', async () => {
    const problems = [{ field: 'domains', message: 'mzj.example.gov.cn 已用于“浔阳区民政局”' }];
    const refuse = new ApiError({
      status: 409,
      code: 'sites.domain-taken',
      title: '域名已被使用。',
      details: { problems },
    });
    show({ address: { site: '2' }, refuse });
    await screen.findByRole('dialog');
    type('主域名', 'mzj.example.gov.cn');
    save();
    expect(await screen.findByText('mzj.example.gov.cn 已用于“浔阳区民政局”')).toBeTruthy();
    expect(screen.getByLabelText<HTMLInputElement>('主域名').value).toBe('mzj.example.gov.cn');
  });

  it('offers the newest facts when somebody else saved in between', async () => {
    const refuse = new ApiError({ status: 409, code: 'sites.site-changed', title: '站点刚被别人修改过。' });
    show({ address: { site: '2' }, refuse });
    await screen.findByRole('dialog');
    type('联系方式', '0792-7654321');
    save();
    fireEvent.click(await screen.findByRole('button', { name: '载入最新内容' }));
    expect(screen.getByLabelText<HTMLInputElement>('联系方式').value).toBe('0792-1234567');
  });

  it('is not left by accident with something typed', async () => {
    const { onChange } = show({ address: { site: '2' } });
    await screen.findByRole('dialog');
    type('地址', '新路2号');
    fireEvent.click(screen.getByRole('button', { name: 'Close' }));
    expect(await screen.findByRole('button', { name: '继续填写' })).toBeTruthy();
    expect(onChange).not.toHaveBeenCalled();
  });

  it('cannot be changed by a supervisor', async () => {
    show({ address: { site: '2' }, role: 'supervisor', sites: [{ ...bureau, nextStates: [] }] });
    await screen.findByRole('dialog');
    expect(screen.getByLabelText<HTMLInputElement>('网站名称').disabled).toBe(true);
    expect(screen.queryByRole('button', { name: '保存' })).toBeNull();
    expect(screen.queryByRole('button', { name: /下线/ })).toBeNull();
  });
});

describe('the state of a site', () => {
  afterEach(cleanup);

  it('becomes 临时下线 only with a notice, which citizens will read', async () => {
    const { sent } = show({ address: { site: '2' } });
    fireEvent.click(await screen.findByRole('button', { name: '临时下线…' }));
    const dialog = await dialogTitled('临时下线：浔阳区教育体育局');
    const confirm = within(dialog).getByRole('button', { name: '临时下线' });
    fireEvent.click(confirm);
    expect(within(dialog).getByRole('alert').textContent).toContain('请填写公告');
    expect(sent).toEqual([]);
    fireEvent.change(within(dialog).getByLabelText('公告'), { target: { value: ' 系统升级，明早恢复。 ' } });
    fireEvent.click(confirm);
    await waitFor(() => {
      expect(sent).toHaveLength(1);
    });
    expect(sent[0]?.body).toEqual({ expectedVersion: 3, state: 'offline', notice: '系统升级，明早恢复。' });
  });

  it('says in the dialog why a step is refused', async () => {
    const refuse = new ApiError({
      status: 422,
      code: 'sites.site-incomplete',
      title: '站点“安全检测”还缺：至少一个域名。',
    });
    show({ address: { site: '3' }, refuse });
    fireEvent.click(await screen.findByRole('button', { name: '转入安全检测' }));
    const dialog = await dialogTitled('转入安全检测：浔阳区民政局');
    fireEvent.click(within(dialog).getByRole('button', { name: '转入安全检测' }));
    expect((await within(dialog).findByRole('alert')).textContent).toContain('至少一个域名');
  });
});
