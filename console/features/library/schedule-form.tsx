import { Button, Form, Input } from 'antd';
import { useState } from 'react';

import { libraryApi, type Resource } from '../../../contracts/library.ts';
import { useClient } from '../../lib/services.tsx';
import { instantOfLocalInput, localInputOf, minuteText } from '../../lib/time.ts';
import { useDeed } from '../../ui/use-act.ts';

interface Props {
  readonly resource: Resource;
  readonly version: number;
  readonly onChanged: (resource: Resource) => void;
}

/** The hour of release and of expiry, in the district's time. */
export function ScheduleForm({ resource, version, onChanged }: Props) {
  const client = useClient();
  const [release, setRelease] = useState(localInputOf(resource.releaseAt));
  const [expire, setExpire] = useState(localInputOf(resource.expireAt));
  const set = useDeed<Resource>({
    act: () =>
      client.call(libraryApi.scheduleResource, {
        params: { id: resource.id },
        body: {
          expectedVersion: version,
          releaseAt: instantOfLocalInput(release),
          expireAt: instantOfLocalInput(expire),
        },
      }),
    done: '时间已设置',
    onDone: onChanged,
  });
  if (!resource.actions.includes('schedule')) {
    return (
      <p className="hint">
        {resource.releaseAt === null ? '签发后立即发布' : `${minuteText(resource.releaseAt)} 发布`}；
        {resource.expireAt === null ? '长期有效' : `${minuteText(resource.expireAt)} 到期下线`}。
      </p>
    );
  }
  return (
    <Form
      layout="vertical"
      onFinish={() => {
        set.mutate();
      }}
    >
      <Form.Item label="发布时间" htmlFor="schedule-release" extra="不填则签发后立即发布。">
        <Input
          id="schedule-release"
          type="datetime-local"
          value={release}
          onChange={(event) => {
            setRelease(event.target.value);
          }}
        />
      </Form.Item>
      <Form.Item label="到期下线" htmlFor="schedule-expire" extra="不填则长期有效。">
        <Input
          id="schedule-expire"
          type="datetime-local"
          value={expire}
          onChange={(event) => {
            setExpire(event.target.value);
          }}
        />
      </Form.Item>
      <Button htmlType="submit" loading={set.isPending}>
        设置时间
      </Button>
    </Form>
  );
}
