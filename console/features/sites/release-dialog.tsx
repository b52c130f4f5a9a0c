import { useQueryClient } from '@tanstack/react-query';
import { Form, Input } from 'antd';
import { useState } from 'react';

import { type JointRelease, mostReleaseMembers, sitesApi } from '../../../contracts/sites.ts';
import { forget } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { instantOfLocalInput, localInputOf } from '../../lib/time.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { useAct } from '../../ui/use-act.ts';
import { MemberPicker } from './member-picker.tsx';

interface Fields {
  readonly name: string;
  readonly hour: string;
  readonly others?: readonly string[];
}

interface Props {
  /** The plan that is changed, as it is when the dialog opens; a new one begins with a first resource. */
  readonly plan?: JointRelease;
  readonly first?: { readonly id: string; readonly title: string; readonly unitId: string };
  readonly onDone: (release: JointRelease) => void;
  readonly onClose: () => void;
}

/** Name and hour of what goes out together; of a new plan also what goes with the first. */
export function ReleaseDialog({ plan: given, first, onDone, onClose }: Props) {
  // What others change meanwhile is refused, not overwritten.
  const [plan] = useState(given);
  const client = useClient();
  const queries = useQueryClient();
  const [form] = Form.useForm<Fields>();
  const act = useAct<Fields, JointRelease>({
    act: ({ name, hour, others = [] }) => {
      const wish = { name: name.trim(), releaseAt: instantOfLocalInput(hour) };
      if (plan !== undefined) {
        const body = { ...wish, expectedVersion: plan.version };
        return client.call(sitesApi.changeJointRelease, { params: { id: plan.id }, body });
      }
      const resourceIds = [...(first === undefined ? [] : [first.id]), ...others];
      return client.call(sitesApi.planJointRelease, { body: { ...wish, resourceIds } });
    },
    done: plan === undefined ? '计划已建立' : '计划已修改',
    onDone: async (release) => {
      await forget(queries, sitesApi.listJointReleases, sitesApi.getJointRelease);
      onDone(release);
    },
  });
  return (
    <FormDialog<Fields>
      open
      title={plan === undefined ? '与解读一同发布' : '修改计划'}
      form={form}
      initialValues={{
        name: plan?.name ?? `《${first?.title ?? ''}》及解读`.slice(0, 100),
        hour: localInputOf(plan?.releaseAt ?? null),
      }}
      act={act}
      onClose={onClose}
      above={<p className="hint">各篇分别审核；全部签发、时间也到了，才在同一时刻一起发布，缺一篇都不发。</p>}
    >
      <Form.Item
        name="name"
        label="名称"
        rules={[{ required: true, min: 2, whitespace: true, message: '请起一个名称' }]}
      >
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item name="hour" label="发布时间" extra="不填则全部签发后立即发布。">
        <Input type="datetime-local" />
      </Form.Item>
      {first === undefined ? null : (
        <Form.Item name="others" label="一同发布的信息" extra="解读、相关通知等，也可以以后再添加。">
          <MemberPicker unitId={first.unitId} without={[first.id]} most={mostReleaseMembers - 1} />
        </Form.Item>
      )}
    </FormDialog>
  );
}
