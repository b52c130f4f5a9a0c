import { useQuery } from '@tanstack/react-query';
import { Tabs } from 'antd';

import { type Relocation, relocationApi } from '../../../contracts/relocation.ts';
import { queryFor } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { Page } from '../../ui/page.tsx';
import { Loaded } from '../../ui/states.tsx';
import { ColumnMapping } from './column-mapping.tsx';
import { OldPages } from './old-pages.tsx';
import { type RelocationView, relocationViews, undecidedColumns } from './relocation-words.ts';
import { RuleWorkshop } from './rule-workshop.tsx';
import { RunCard } from './run-card.tsx';

interface Props {
  readonly id: string;
  readonly view: RelocationView;
  readonly onView: (view: RelocationView) => void;
}

/** One old site: where it comes from, how it is read, where its articles go, and how far that is. */
export function RelocationPage({ id, view, onView }: Props) {
  const client = useClient();
  const project = useQuery({
    ...queryFor(client, relocationApi.getProject, { params: { id } }),
    // While it runs its figures change; otherwise only by what is done here.
    refetchInterval: ({ state }) => (state.data?.state === 'running' ? 1_500 : false),
  });
  return (
    <Loaded query={project}>
      {(found) => (
        <Page title={found.name} wide subtitle={`${found.hosts.join('、')} → ${found.siteName}`}>
          <Tabs
            activeKey={view}
            destroyOnHidden
            onChange={(key) => {
              onView(relocationViews.find((one) => one === key) ?? 'run');
            }}
            items={itemsOf(found)}
          />
        </Page>
      )}
    </Loaded>
  );
}

function itemsOf(project: Relocation) {
  const undecided = undecidedColumns(project);
  const problems = project.figures.problems.reduce((sum, { pages }) => sum + pages, 0);
  return [
    { key: 'run', label: '来源与运行', children: <RunCard project={project} /> },
    { key: 'rules', label: '规则与样例', children: <RuleWorkshop key={project.version} project={project} /> },
    {
      key: 'columns',
      label: undecided === 0 ? '栏目对应' : `栏目对应（${String(undecided)} 个未定）`,
      children: <ColumnMapping key={project.version} project={project} />,
    },
    {
      key: 'pages',
      label: problems === 0 ? '页面' : `页面与问题（${String(problems)}）`,
      children: <OldPages project={project} />,
    },
  ];
}
