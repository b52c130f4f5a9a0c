import { Link } from '@tanstack/react-router';
import { Segmented } from 'antd';

import { useSession } from '../../lib/services.tsx';
import { Page } from '../../ui/page.tsx';
import type { ReuseState } from './reuse-state.ts';
import { ReusableList } from './reusable-list.tsx';
import { ReuseList } from './reuse-list.tsx';

interface Props {
  readonly state: ReuseState;
  readonly onChange: (state: ReuseState) => void;
}

const shown = [
  ['reusable', '可引用的信息'],
  ['made', '本单位引用的'],
  ['given', '被引用的'],
] as const;
type Shown = (typeof shown)[number][0];

/** What other units published and the own columns may show, and what is shown of whom. */
export function ReusesPage({ state, onChange }: Props) {
  const { roles } = useSession();
  const mayReuse = roles.some((role) => role === 'editor' || role === 'reviewer' || role === 'principal');
  const show: Shown = state.show ?? 'reusable';
  return (
    <Page
      title="信息引用"
      subtitle="把其他单位已公开的信息用到本单位的栏目。内容仍是那一份：原单位修改、撤回，这里随即一样。"
      actions={<Link to="/resources">信息资源</Link>}
    >
      <div className="filters">
        <Segmented<Shown>
          aria-label="显示哪些"
          value={show}
          options={shown.map(([value, label]) => ({ value, label }))}
          onChange={(value) => {
            onChange(value === 'reusable' ? {} : { show: value });
          }}
        />
      </div>
      {show === 'reusable' ? (
        <ReusableList state={state} mayReuse={mayReuse} onChange={onChange} />
      ) : (
        <ReuseList key={show} side={show} />
      )}
    </Page>
  );
}
