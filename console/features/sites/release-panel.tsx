import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';

import type { Resource } from '../../../contracts/library.ts';
import { sitesApi } from '../../../contracts/sites.ts';
import { queryFor } from '../../lib/queries.ts';
import { useClient, useSession } from '../../lib/services.tsx';
import { minuteText } from '../../lib/time.ts';
import { Loaded } from '../../ui/states.tsx';
import { ReleaseDialog } from './release-dialog.tsx';

/** What a resource goes out with, or the way to plan that. */
export function ReleasePanel({ resource }: { readonly resource: Resource }) {
  const client = useClient();
  const { roles } = useSession();
  const [planning, setPlanning] = useState(false);
  const close = (): void => {
    setPlanning(false);
  };
  const query = { resourceId: resource.id, state: 'waiting' } as const;
  const list = useQuery(queryFor(client, sitesApi.listJointReleases, { query }));
  const goesOut = !['live', 'discarded'].includes(resource.stage) && resource.type !== 'home';
  const mayPlan = goesOut && (roles.includes('editor') || roles.includes('principal'));
  return (
    <Loaded query={list} rows={1}>
      {({ items: [plan] }) =>
        plan === undefined ? (
          <>
            <p className="hint">没有和其他信息一同发布的计划。</p>
            {mayPlan ? (
              <Button
                onClick={() => {
                  setPlanning(true);
                }}
              >
                {resource.type === 'policy' ? '与解读一同发布…' : '与其他信息一同发布…'}
              </Button>
            ) : null}
            {planning ? (
              <ReleaseDialog
                first={{ id: resource.id, title: resource.title, unitId: resource.unitId }}
                onDone={close}
                onClose={close}
              />
            ) : null}
          </>
        ) : (
          <p>
            <Link to="/releases/$id" params={{ id: plan.id }}>
              {plan.name}
            </Link>
            <span className="hint">
              共 {plan.members} 篇，已签发 {plan.ready} 篇；
              {plan.releaseAt === null ? '全部签发后立即发布' : `${minuteText(plan.releaseAt)} 发布`}
            </span>
          </p>
        )
      }
    </Loaded>
  );
}
