import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Tag } from 'antd';
import { useState } from 'react';

import { type HostRuling, type HostStanding, linkCheckApi } from '../../../contracts/link-check.ts';
import { pagesFor } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { LoadMore } from '../../ui/load-more.tsx';
import { Page } from '../../ui/page.tsx';
import { EmptyState, Loaded } from '../../ui/states.tsx';
import { HostRulingForm } from './host-ruling-form.tsx';
import { RecordList } from './record-list.tsx';
import type { SectionProps } from './section-props.ts';

export const hostStandingNames: Readonly<Record<HostStanding, string>> = {
  approved: '准许链接',
  blocked: '禁止链接',
};

/** 网址名单: hosts that are not the government's and may be linked to, and those that never may. */
export function HostRulingsPage({ sections, mayKeep }: SectionProps) {
  const client = useClient();
  const rulings = useInfiniteQuery(pagesFor(client, linkCheckApi.listHostRulings, { query: {} }));
  const [adding, setAdding] = useState(false);
  return (
    <Page
      wide
      title="校核规则"
      subtitle="政府网站以外的网址，准许后才不再提示；禁止的，含有它的稿件不能提交。名单管到下级域名。"
      actions={
        mayKeep ? (
          <Button
            type="primary"
            onClick={() => {
              setAdding(true);
            }}
          >
            登记网址
          </Button>
        ) : undefined
      }
    >
      {sections}
      <Loaded query={rulings} rows={4}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (items.length === 0) {
            return (
              <EmptyState
                title="还没有登记网址"
                hint="稿件要链接政府网站以外的网址时，由责任单位同意，在这里登记。"
              />
            );
          }
          return (
            <RecordList<HostRuling>
              items={items}
              mayKeep={mayKeep}
              titleOf={({ host }) => host}
              headOf={({ host, standing }) => (
                <>
                  <strong>{host}</strong>
                  <Tag color={standing === 'approved' ? 'success' : 'error'}>
                    {hostStandingNames[standing]}
                  </Tag>
                </>
              )}
              detailOf={({ agreedBy, agreedOn }) => `${agreedBy} ${agreedOn}同意 · `}
              afterEnd={({ standing }) =>
                standing === 'approved'
                  ? '终止后，链接到它的稿件重新要说明理由，已发布的在当天夜里提示。'
                  : '终止后，稿件可以链接到它，但要说明理由。'
              }
              onEnd={({ id }, reason) =>
                client.call(linkCheckApi.endHostRuling, { params: { id }, body: { reason } })
              }
              endpoint={linkCheckApi.listHostRulings}
            />
          );
        }}
      </Loaded>
      <LoadMore query={rulings} />
      <HostRulingForm
        open={adding}
        onClose={() => {
          setAdding(false);
        }}
      />
    </Page>
  );
}
