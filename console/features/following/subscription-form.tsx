import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Form } from 'antd';

import {
  followingApi,
  type FollowMode,
  type PlatformOffer,
  type Subscription,
} from '../../../contracts/following.ts';
import { sentenceOf } from '../../lib/api-error.ts';
import { forget } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { useAct } from '../../ui/use-act.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { AccessFields } from './access-fields.tsx';
import { withChosen } from './offer-with-chosen.ts';
import type { RuleFieldValue } from './rule-fields.tsx';
import { TermFields } from './term-fields.tsx';
import { type AskedOffer, useOffer } from './use-offer.ts';

interface Fields {
  readonly address: string;
  readonly key?: string;
  readonly name: string;
  readonly sourceTypes?: string[];
  readonly sourceUnitIds?: string[];
  readonly sourceColumnIds?: string[];
  readonly unitId: string;
  readonly columnId: string;
  readonly rules?: RuleFieldValue[];
  readonly mode: FollowMode;
  readonly mostItems: number;
}

const orAll = (list: string[] | undefined): string[] | null =>
  list === undefined || list.length === 0 ? null : list;

interface Props {
  readonly open: boolean;
  /** The one to change; null to add one. */
  readonly subscription: Subscription | null;
  readonly onClose: () => void;
}

function fieldsOf(subscription: Subscription | null): Partial<Fields> {
  if (subscription === null) return { mode: 'pending', mostItems: 100_000 };
  const { address, name, unitId, columnId, mode, mostItems } = subscription;
  return {
    ...{ address, name, unitId, columnId, mode, mostItems },
    sourceTypes: subscription.sourceTypes ?? [],
    sourceUnitIds: subscription.sourceUnitIds ?? [],
    sourceColumnIds: subscription.sourceColumnIds ?? [],
    rules: subscription.rules.map(({ sourceColumnId, columnId: ours }) => ({
      sourceColumnId,
      columnId: ours,
    })),
  };
}

function termsOf(fields: Fields, offer: Pick<PlatformOffer, 'columns'>) {
  return {
    name: fields.name.trim(),
    sourceTypes: orAll(fields.sourceTypes),
    sourceUnitIds: orAll(fields.sourceUnitIds),
    sourceColumnIds: orAll(fields.sourceColumnIds),
    unitId: fields.unitId,
    columnId: fields.columnId,
    rules: (fields.rules ?? []).map((rule) => ({
      ...rule,
      sourceName: offer.columns.find((column) => column.id === rule.sourceColumnId)?.name ?? '',
    })),
    mode: fields.mode,
    mostItems: fields.mostItems,
  };
}

/** What can be chosen; null as long as nobody knows. */
function choicesOf({ said, isAsking }: AskedOffer, subscription: Subscription | null) {
  if (subscription === null) return said;
  return isAsking ? null : withChosen(said, subscription);
}

/** Address and key first: what the other platform offers decides what can be chosen. */
export function SubscriptionForm({ open, subscription, onClose }: Props) {
  const client = useClient();
  const queries = useQueryClient();
  const [form] = Form.useForm<Fields>();
  const isNew = subscription === null;
  const asked = useOffer(subscription, open, (found) => {
    if (isNew) form.setFieldValue('name', found.name.slice(0, 60));
  });
  const offer = choicesOf(asked, subscription);
  const close = (): void => {
    asked.forget();
    onClose();
  };
  const save = useAct<Fields, Subscription>({
    act: (fields) => {
      const terms = termsOf(fields, offer ?? { columns: [] });
      const key = fields.key?.trim() ?? '';
      if (isNew) {
        const body = { ...terms, address: fields.address, key };
        return client.call(followingApi.createSubscription, { body });
      }
      return client.call(followingApi.changeSubscription, {
        params: { id: subscription.id },
        body: { ...terms, expectedVersion: subscription.version, ...(key === '' ? {} : { key }) },
      });
    },
    done: isNew ? '订阅已新增，开始同步' : '订阅已修改，开始从头核对',
    onDone: async () => {
      await forget(queries, followingApi.listSubscriptions, followingApi.readOffer);
      close();
    },
  });
  return (
    <FormDialog<Fields>
      open={open}
      title={isNew ? '新增订阅' : `修改订阅：${subscription.name}`}
      okText={isNew ? '开始同步' : '保存'}
      isReady={offer !== null}
      form={form}
      initialValues={fieldsOf(subscription)}
      act={save}
      onClose={close}
    >
      <AccessFields subscription={subscription} />
      <Button
        loading={asked.isChecking}
        onClick={() => {
          void form.validateFields(['address', 'key']).then(({ address, key = '' }: Fields) => {
            asked.check({ address, key });
          });
        }}
      >
        检查地址和密钥
      </Button>
      <AskingState asked={asked} />
      {offer === null ? null : (
        <TermFields offer={offer} platform={asked.said?.name ?? null} isUnitFixed={!isNew} />
      )}
    </FormDialog>
  );
}

/** That the platform is being asked, or why it did not answer. */
function AskingState({ asked: { isAsking, error } }: { readonly asked: AskedOffer }) {
  if (isAsking) {
    return (
      <p className="hint" role="status">
        正在读取对方现有的栏目和单位…
      </p>
    );
  }
  if (error === null) return null;
  return (
    <Alert
      type="warning"
      showIcon
      className="form-alert"
      style={{ marginTop: 16 }}
      title="读不到对方现有的栏目和单位，下面只列出已选的"
      description={sentenceOf(error)}
    />
  );
}
