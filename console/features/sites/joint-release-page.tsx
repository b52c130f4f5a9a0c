import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';

import { libraryApi } from '../../../contracts/library.ts';
import {
  type JointRelease,
  mostReleaseMembers,
  type ReleaseMember,
  sitesApi,
} from '../../../contracts/sites.ts';
import { forget, queryFor } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { minuteText } from '../../lib/time.ts';
import { useTypeName } from '../../lib/use-types.ts';
import { Page } from '../../ui/page.tsx';
import { ReasonDialog } from '../../ui/reason-dialog.tsx';
import { StageTag } from '../../ui/stage-tag.tsx';
import { Loaded } from '../../ui/states.tsx';
import { useAct } from '../../ui/use-act.ts';
import { ReleaseBadge, standingOf } from './joint-releases-page.tsx';
import { MemberPicker } from './member-picker.tsx';
import { ReleaseDialog } from './release-dialog.tsx';

/** One plan: its hour, its members with where each stands, and what holds it. */
export function JointReleasePage({ id }: { readonly id: string }) {
  const client = useClient();
  const release = useQuery(queryFor(client, sitesApi.getJointRelease, { params: { id } }));
  return (
    <Loaded query={release} rows={8}>
      {(loaded) => <ReleaseView release={loaded} />}
    </Loaded>
  );
}

/** What has to come before it can go out, in one sentence. */
function holding({ list, ready, members }: JointRelease): string {
  if (ready === members) return '全部已签发。';
  const missing = list.filter((one) => one.removedAt === null && !one.isReady);
  return `还差 ${String(missing.length)} 篇没有签发或者已过到期时间：${missing.map((one) => `“${one.title ?? '其他单位的信息'}”`).join('、')}。`;
}

function ReleaseView({ release }: { readonly release: JointRelease }) {
  const [changing, setChanging] = useState(false);
  const [cancelling, setCancelling] = useState(false);
  const [removing, setRemoving] = useState<ReleaseMember | null>(null);
  const acts = useReleaseActs(release);
  const mayChange = release.actions.includes('change');
  const close = (): void => {
    setChanging(false);
    setCancelling(false);
    setRemoving(null);
  };
  return (
    <Page
      title={release.name}
      subtitle={`${release.unitName} · ${standingOf(release)}`}
      actions={<ReleaseBadge release={release} />}
    >
      {release.state === 'waiting' ? <p role="status">{holding(release)}</p> : null}
      {mayChange ? (
        <div className="row card-gap">
          <Button
            onClick={() => {
              setChanging(true);
            }}
          >
            改名称和时间
          </Button>
          <Button
            danger
            onClick={() => {
              setCancelling(true);
            }}
          >
            取消计划…
          </Button>
        </div>
      ) : null}
      <ul className="card-list">
        {release.list.map((member) => (
          <MemberRow
            key={`${member.resourceId} ${member.addedAt}`}
            member={member}
            removable={mayChange && member.removedAt === null && release.members > 1}
            onRemove={() => {
              setRemoving(member);
            }}
          />
        ))}
      </ul>
      {mayChange && release.members < mostReleaseMembers ? (
        <label className="stack">
          添加一同发布的信息
          <MemberPicker
            unitId={release.unitId}
            without={release.list.filter((one) => one.removedAt === null).map((one) => one.resourceId)}
            most={1}
            value={[]}
            onChange={([chosen]) => {
              if (chosen !== undefined) acts.add.mutate(chosen);
            }}
          />
        </label>
      ) : null}
      {changing ? <ReleaseDialog plan={release} onDone={close} onClose={close} /> : null}
      <ReasonDialog
        key={`cancel ${String(cancelling)}`}
        open={cancelling}
        title="取消联合发布"
        okText="取消计划"
        label="取消原因"
        danger
        isPending={acts.cancel.isPending}
        onReason={(reason) => {
          acts.cancel.mutate(reason, { onSuccess: close });
        }}
        onClose={close}
      >
        取消后各篇互不相关：已签发的立即发布，其余的签发后各自发布。
      </ReasonDialog>
      <ReasonDialog
        key={removing?.resourceId ?? 'none'}
        open={removing !== null}
        title="移出计划"
        okText="移出"
        label="移出原因"
        isPending={acts.remove.isPending}
        onReason={(reason) => {
          if (removing === null) return;
          acts.remove.mutate({ resourceId: removing.resourceId, reason }, { onSuccess: close });
        }}
        onClose={close}
      >
        “{removing?.title ?? ''}”不再等其他各篇：已签发的立即发布。
      </ReasonDialog>
    </Page>
  );
}

function MemberRow(props: {
  readonly member: ReleaseMember;
  readonly removable: boolean;
  readonly onRemove: () => void;
}) {
  const { member, removable, onRemove } = props;
  const typeName = useTypeName();
  return (
    <li>
      <div>
        {member.title === null ? (
          <span className="row-title">已划归其他单位的信息</span>
        ) : (
          <Link to="/resources/$id" params={{ id: member.resourceId }} className="row-title">
            {member.title}
          </Link>
        )}
        <p className="hint">
          {member.type === null ? '信息' : typeName(member.type)} · {member.addedByName}{' '}
          {minuteText(member.addedAt)} 加入
        </p>
        {member.removedAt === null ? null : (
          <p className="hint">
            {member.removedByName} {minuteText(member.removedAt)} 移出：{member.removalReason}
          </p>
        )}
      </div>
      <div className="row">
        <MemberStanding member={member} />
        {removable ? (
          <Button size="small" onClick={onRemove} aria-label={`移出“${member.title ?? ''}”`}>
            移出
          </Button>
        ) : null}
      </div>
    </li>
  );
}

function MemberStanding({ member }: { readonly member: ReleaseMember }) {
  const { removedAt, isReady, isOver, stage } = member;
  if (removedAt !== null) return <span className="badge">已移出</span>;
  if (isOver) return <span className="badge badge-late">已过到期时间，请改到期时间或者移出</span>;
  if (isReady) return <span className="badge">已签发，等待一同发布</span>;
  return stage === null ? null : <StageTag stage={stage} />;
}

function useReleaseActs({ id, version: expectedVersion }: JointRelease) {
  const client = useClient();
  const queries = useQueryClient();
  const params = { id };
  // What leaves a plan may go out at once.
  const onDone = () =>
    forget(
      queries,
      ...[sitesApi.getJointRelease, sitesApi.listJointReleases],
      ...[libraryApi.getResource, libraryApi.listResources],
    );
  return {
    add: useAct<string, JointRelease>({
      act: (resourceId) =>
        client.call(sitesApi.addReleaseMember, { params, body: { expectedVersion, resourceId } }),
      done: '已加入计划',
      onDone,
    }),
    remove: useAct<{ readonly resourceId: string; readonly reason: string }, JointRelease>({
      act: (removal) =>
        client.call(sitesApi.removeReleaseMember, { params, body: { expectedVersion, ...removal } }),
      done: '已移出计划',
      onDone,
    }),
    cancel: useAct<string, JointRelease>({
      act: (reason) =>
        client.call(sitesApi.cancelJointRelease, { params, body: { expectedVersion, reason } }),
      done: '计划已取消',
      onDone,
    }),
  };
}
