import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Select } from 'antd';
import { useEffect, useState } from 'react';

import {
  type OldPage,
  type Relocation,
  relocationApi,
  type SiteRules,
} from '../../../contracts/relocation.ts';
import { sentenceOf } from '../../lib/api-error.ts';
import { forget, queryFor } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { EmptyState, Loaded } from '../../ui/states.tsx';
import { useDeed } from '../../ui/use-act.ts';
import { RuleFields } from './rule-fields.tsx';
import { SampleView } from './sample-view.tsx';

const mostSamples = 6;
/** Long enough that a rule is typed to its end. */
const typingPause = 500;

/** Rules on one side, what they find on sample pages on the other, as they are typed. */
export function RuleWorkshop({ project }: { readonly project: Relocation }) {
  const client = useClient();
  const read = useQuery(
    queryFor(client, relocationApi.listPages, { params: { id: project.id }, query: { limit: 60 } }),
  );
  return (
    <Loaded query={read}>
      {({ items }) => {
        const pages = items.filter(({ kind }) => kind !== null && kind !== 'file');
        return pages.length === 0 ? (
          <EmptyState title="还没有样例页面" hint="先在“来源与运行”里采集样例，再回到这里调整规则。" />
        ) : (
          <Workshop project={project} pages={pages} />
        );
      }}
    </Loaded>
  );
}

/** Articles first: they are what rules are for. Deep addresses are articles more often than short ones. */
function firstSamples(pages: readonly OldPage[]): string[] {
  const isArticle = ({ kind }: OldPage): number => (kind === 'article' ? 1 : 0);
  const looksDeep = ({ address }: OldPage): number => (/\d{4,}[^/]*$/.test(address) ? 1 : 0);
  return [...pages]
    .sort((one, other) => isArticle(other) - isArticle(one) || looksDeep(other) - looksDeep(one))
    .slice(0, 4)
    .map(({ id }) => id);
}

function useSettled<T>(value: T): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => {
      setSettled(value);
    }, typingPause);
    return () => {
      clearTimeout(timer);
    };
  }, [value]);
  return settled;
}

interface WorkshopProps {
  readonly project: Relocation;
  readonly pages: readonly OldPage[];
}

function Workshop({ project, pages }: WorkshopProps) {
  const client = useClient();
  const queries = useQueryClient();
  const { id, version } = project;
  const [rules, setRules] = useState<SiteRules>(project.rules);
  const [chosen, setChosen] = useState<string[]>(() => firstSamples(pages));
  const tried = useSettled(rules);
  const trial = useQuery({
    queryKey: [relocationApi.tryRules.path, id, tried, chosen],
    queryFn: ({ signal }) =>
      client.call(relocationApi.tryRules, {
        params: { id },
        body: { rules: tried, pageIds: chosen },
        signal,
      }),
    enabled: chosen.length > 0,
    placeholderData: (before) => before,
    retry: false,
  });
  const suggest = useDeed<{ rules: SiteRules }>({
    act: () => client.call(relocationApi.suggestRules, { params: { id }, body: { pageIds: chosen } }),
    done: '已按样例给出规则，请核对右侧结果',
    onDone: (found) => {
      setRules(found.rules);
    },
  });
  const save = useDeed<Relocation>({
    act: () =>
      client.call(relocationApi.changeProject, { params: { id }, body: { expectedVersion: version, rules } }),
    done: '规则已保存',
    onDone: () => forget(queries, relocationApi.getProject),
  });
  const isChanged = JSON.stringify(rules) !== JSON.stringify(project.rules);
  return (
    <div className="relocation-workshop">
      <section aria-label="规则" className="relocation-rules">
        <label className="relocation-samples">
          样例页面（选几篇不同栏目的文章）
          <Select<string[]>
            mode="multiple"
            aria-label="样例页面"
            maxCount={mostSamples}
            showSearch={{ optionFilterProp: 'label' }}
            value={chosen}
            options={pages.map((page) => ({ value: page.id, label: `${page.title ?? ''} ${page.address}` }))}
            onChange={setChosen}
          />
        </label>
        <div className="relocation-buttons">
          <Button
            disabled={chosen.length === 0}
            loading={suggest.isPending}
            onClick={() => {
              suggest.mutate();
            }}
          >
            按样例推荐规则
          </Button>
          <Button
            type="primary"
            disabled={!isChanged || project.state === 'running'}
            loading={save.isPending}
            onClick={() => {
              save.mutate();
            }}
          >
            保存规则
          </Button>
        </div>
        <RuleFields rules={rules} onChange={setRules} />
      </section>
      <section aria-label="样例结果" className="relocation-found" aria-busy={trial.isFetching}>
        {trial.error === null ? null : <Alert showIcon type="error" title={sentenceOf(trial.error)} />}
        {(trial.data ?? []).map((found) => (
          <SampleView key={found.page.id} found={found} />
        ))}
      </section>
    </div>
  );
}
