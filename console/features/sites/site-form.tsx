import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Form } from 'antd';
import { useState } from 'react';

import {
  type NewSite,
  type Site,
  type SiteChange,
  sitesApi,
  type SiteTheme,
} from '../../../contracts/sites.ts';
import { ApiError, fieldProblemsOf, sentenceOf } from '../../lib/api-error.ts';
import { forget } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { useAct } from '../../ui/use-act.ts';
import { LooksFields, NameFields, OpeningFields, RegistrationFields } from './site-fields.tsx';
import { domainOf, oneLine } from './site-words.ts';

interface Fields extends Omit<NewSite, 'theme'>, SiteTheme {}

interface Props {
  /** The site to change, as it was when the form was opened; absent to add one. */
  readonly site: Site | undefined;
  readonly portalMissing: boolean;
  readonly readOnly: boolean;
  readonly onDirty: () => void;
  readonly onSaved: (site: Site) => void;
  /** Somebody else saved in between: begin again from what is there now. */
  readonly onReload: () => void;
}

const facts = ['name', 'shortName', 'description', 'organiser', 'contact', 'address'] as const;
const registrations = ['identityCode', 'icpNumber', 'policeNumber'] as const;

const usualLooks = { layout: 'standard', navigation: 'bar' } as const;
const blank: Partial<Fields> = { domains: [''], primary: '#1d5b8f', isPortal: false, ...usualLooks };

function fieldsOf({ domains, theme, ...site }: Site): Partial<Fields> {
  const texts = [...facts, ...registrations].map((name) => [name, site[name]] as const);
  return { ...Object.fromEntries(texts), domains: [...domains], ...usualLooks, ...theme };
}

type SiteFacts = Omit<NewSite, 'unitId' | 'key' | 'isPortal'>;

/** What is as usual is not said, so that a site that nobody changed is not changed by saving it. */
function themeIn({ primary, accent, layout, navigation, logoAssetId, bannerAssetId }: SiteTheme): SiteTheme {
  return {
    primary,
    ...(accent ? { accent } : {}),
    ...(layout && layout !== usualLooks.layout ? { layout } : {}),
    ...(navigation && navigation !== usualLooks.navigation ? { navigation } : {}),
    ...(logoAssetId ? { logoAssetId } : {}),
    ...(bannerAssetId ? { bannerAssetId } : {}),
  };
}

function factsIn({ domains, ...fields }: Fields): SiteFacts {
  const texts = [...facts, ...registrations].map((name) => [name, oneLine(fields[name] || '')] as const);
  return {
    ...(Object.fromEntries(texts) as Omit<SiteFacts, 'domains' | 'theme'>),
    domains: domains.map(domainOf).filter((domain) => domain !== ''),
    theme: themeIn(fields),
  };
}

function changeOf(site: Site, wanted: SiteFacts): SiteChange {
  const known: SiteFacts = { ...site, theme: themeIn(site.theme) };
  const changed = Object.entries(wanted).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(known[name as keyof SiteFacts]),
  );
  return { expectedVersion: site.version, ...Object.fromEntries(changed) };
}

export function SiteForm({ site, portalMissing, readOnly, onDirty, onSaved, onReload }: Props) {
  const client = useClient();
  const queries = useQueryClient();
  const [form] = Form.useForm<Fields>();
  const [refusal, setRefusal] = useState<unknown>(null);
  const save = useAct<Fields, Site>({
    act: ({ unitId, key, isPortal, ...fields }) =>
      site === undefined
        ? client.call(sitesApi.createSite, {
            body: { unitId, key, ...(isPortal ? { isPortal } : {}), ...factsIn({ unitId, key, ...fields }) },
          })
        : client.call(sitesApi.changeSite, {
            params: { id: site.id },
            body: changeOf(site, factsIn({ unitId, key, ...fields })),
          }),
    done: site === undefined ? '站点已新增，正在筹备' : '已保存，相关网页正在更新',
    onDone: async (saved) => {
      await forget(queries, sitesApi.listSites);
      onSaved(saved);
    },
    onRefused: (error) => {
      setRefusal(error);
      markFields(error);
      return true;
    },
  });
  const markFields = (error: unknown): void => {
    const domains = form.getFieldValue('domains') as readonly string[];
    for (const { field, message } of fieldProblemsOf(error)) {
      const at = Math.max(
        0,
        domains.findIndex((domain) => message.startsWith(`${domainOf(domain)} `)),
      );
      const name = (field === 'domains' ? ['domains', at] : field) as keyof Fields;
      form.setFields([{ name, errors: [message] }]);
      form.scrollToField(name, { block: 'center' });
    }
  };
  const isOutdated = refusal instanceof ApiError && refusal.code === 'sites.site-changed';
  return (
    <Form<Fields>
      form={form}
      layout="vertical"
      requiredMark={false}
      scrollToFirstError={{ focus: true }}
      disabled={readOnly}
      initialValues={site === undefined ? blank : fieldsOf(site)}
      onValuesChange={onDirty}
      onFinish={(fields) => {
        setRefusal(null);
        save.mutate(fields);
      }}
    >
      {site === undefined ? <OpeningFields portalMissing={portalMissing} /> : null}
      <NameFields />
      <RegistrationFields site={site} />
      <LooksFields site={site} />
      {readOnly ? null : (
        <div className="form-foot">
          {refusal === null ? null : (
            <Alert
              type="error"
              showIcon
              role="alert"
              title={sentenceOf(refusal)}
              action={
                isOutdated ? (
                  <Button size="small" onClick={onReload}>
                    载入最新内容
                  </Button>
                ) : undefined
              }
            />
          )}
          <Button type="primary" htmlType="submit" loading={save.isPending}>
            {site === undefined ? '新增站点' : '保存'}
          </Button>
        </div>
      )}
    </Form>
  );
}
