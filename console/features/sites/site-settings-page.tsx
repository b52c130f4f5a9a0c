import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Card, Descriptions, Form, Input, Select } from 'antd';
import type { ReactNode } from 'react';

import { type Site, type SiteChange, siteStateNames, sitesApi } from '../../../contracts/sites.ts';
import { forget, queryFor } from '../../lib/queries.ts';
import { useClient, useSession } from '../../lib/services.tsx';
import { Page } from '../../ui/page.tsx';
import { EmptyState, Loaded } from '../../ui/states.tsx';
import { useAct } from '../../ui/use-act.ts';
import { ColourField } from './colour-field.tsx';
import { colourPattern, contrastWithWhite, enoughContrast } from './contrast.ts';

interface Props {
  readonly siteId: string | undefined;
  readonly onChoose: (id: string) => void;
  /** How publication goes, from another feature. */
  readonly publishing: ReactNode;
}

export function SiteSettingsPage({ siteId, onChoose, publishing }: Props) {
  const client = useClient();
  const sites = useQuery(queryFor(client, sitesApi.listSites, {}));
  return (
    <Page title="站点与发布">
      {publishing}
      <Loaded query={sites}>
        {(list) => {
          const site =
            list.find(({ id }) => id === siteId) ?? list.find(({ isPortal }) => isPortal) ?? list[0];
          if (site === undefined) return <EmptyState title="没有您可以看到的站点" />;
          return (
            <Card
              title="站点设置"
              extra={
                <Select
                  aria-label="站点"
                  value={site.id}
                  showSearch={{ optionFilterProp: 'label' }}
                  popupMatchSelectWidth={false}
                  options={list.map(({ id, name }) => ({ value: id, label: name }))}
                  onChange={onChoose}
                />
              }
            >
              <SiteFacts site={site} />
              <SiteForm key={`${site.id}-${site.version}`} site={site} />
            </Card>
          );
        }}
      </Loaded>
    </Page>
  );
}

function SiteFacts({ site }: { readonly site: Site }) {
  return (
    <Descriptions
      size="small"
      column={{ xs: 1, md: 2 }}
      items={[
        { key: 'state', label: '状态', children: siteStateNames[site.state] },
        { key: 'code', label: '网站标识码', children: site.identityCode },
        { key: 'domains', label: '域名', children: site.domains.join('、') },
        {
          key: 'home',
          label: '首页',
          children: (
            <a href={site.homeUrl} target="_blank" rel="noreferrer">
              {site.homeUrl}
            </a>
          ),
        },
      ]}
    />
  );
}

interface Fields extends Omit<SiteChange, 'expectedVersion' | 'theme'> {
  readonly primary: string;
  readonly accent?: string;
}

const line = [{ required: true, whitespace: true, message: '请填写' }];
const dark = (colour: string): Promise<void> =>
  colour === '' || (colourPattern.test(colour) && contrastWithWhite(colour) >= enoughContrast)
    ? Promise.resolve()
    : Promise.reject(new Error('颜色太浅，白底上的文字会看不清，请换深一些的颜色'));

function changed(site: Site, { primary, accent, ...fields }: Fields): SiteChange {
  const values = Object.entries(fields).filter(
    ([key, value]) => value !== '' && value !== (site as unknown as Record<string, unknown>)[key],
  );
  const theme = { primary, ...(accent === undefined || accent === '' ? {} : { accent }) };
  const sameTheme = theme.primary === site.theme.primary && theme.accent === site.theme.accent;
  return { expectedVersion: site.version, ...Object.fromEntries(values), ...(sameTheme ? {} : { theme }) };
}

function SiteForm({ site }: { readonly site: Site }) {
  const client = useClient();
  const queries = useQueryClient();
  const { roles } = useSession();
  const save = useAct<Fields, Site>({
    act: (fields) =>
      client.call(sitesApi.changeSite, { params: { id: site.id }, body: changed(site, fields) }),
    done: '站点设置已保存，相关页面正在更新',
    onDone: () => forget(queries, sitesApi.listSites),
  });
  const { name, shortName, description, organiser, contact, address, icpNumber, policeNumber, theme } = site;
  return (
    <Form<Fields>
      layout="vertical"
      requiredMark={false}
      disabled={!roles.includes('operator')}
      initialValues={{
        name,
        shortName,
        description,
        organiser,
        contact,
        address,
        icpNumber,
        policeNumber,
        ...theme,
      }}
      onFinish={(fields) => {
        save.mutate(fields);
      }}
    >
      <div className="columns-2">
        <Form.Item name="name" label="网站名称" rules={line}>
          <Input maxLength={60} />
        </Form.Item>
        <Form.Item name="shortName" label="简称" rules={line}>
          <Input maxLength={20} />
        </Form.Item>
        <Form.Item name="organiser" label="主办单位" rules={line}>
          <Input maxLength={60} />
        </Form.Item>
        <Form.Item name="contact" label="联系方式" rules={line}>
          <Input maxLength={60} />
        </Form.Item>
        <Form.Item name="address" label="地址" rules={line}>
          <Input maxLength={100} />
        </Form.Item>
        <Form.Item
          name="icpNumber"
          label="ICP备案编号"
          rules={[
            { pattern: /^[\u4e00-\u9fa5]ICP备\d{8}号(?:-\d{1,3})?$/, message: '形如：赣ICP备12345678号-1' },
          ]}
        >
          <Input />
        </Form.Item>
        <Form.Item
          name="policeNumber"
          label="公安备案号"
          rules={[
            { pattern: /^[\u4e00-\u9fa5]公网安备\s?\d{14}号$/, message: '形如：赣公网安备 36040302000001号' },
          ]}
        >
          <Input />
        </Form.Item>
      </div>
      <Form.Item name="description" label="网站说明" rules={line}>
        <Input.TextArea maxLength={300} autoSize={{ minRows: 2 }} />
      </Form.Item>
      <div className="columns-2">
        <Form.Item
          name="primary"
          label="主色"
          rules={[
            { required: true, message: '请选择主色' },
            { validator: (_, value: string) => dark(value) },
          ]}
        >
          <ColourField />
        </Form.Item>
        <Form.Item
          name="accent"
          label="辅色（可不填）"
          rules={[{ validator: (_, value?: string) => dark(value ?? '') }]}
        >
          <ColourField />
        </Form.Item>
      </div>
      <Button type="primary" htmlType="submit" loading={save.isPending}>
        保存站点设置
      </Button>
    </Form>
  );
}
