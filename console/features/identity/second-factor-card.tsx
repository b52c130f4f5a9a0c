import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Card, Form, Input } from 'antd';
import { useState } from 'react';

import { type Enrolment, type RecoveryCodes, signingEndpoints } from '../../../contracts/signing.ts';
import { forget, queryFor } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { minuteText } from '../../lib/time.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { PasswordInput } from '../../ui/password-input.tsx';
import { SecretDialog } from '../../ui/secret-dialog.tsx';
import { Loaded } from '../../ui/states.tsx';
import { useAct } from '../../ui/use-act.ts';

type Asked = 'begin' | 'end';

/** One-time codes of an application on the telephone, for signing. */
export function SecondFactorCard() {
  const client = useClient();
  const queries = useQueryClient();
  const factor = useQuery(queryFor(client, signingEndpoints.getSecondFactor, {}));
  const [asked, setAsked] = useState<Asked | null>(null);
  const [enrolment, setEnrolment] = useState<Enrolment | null>(null);
  const [codes, setCodes] = useState<RecoveryCodes | null>(null);
  const again = (): Promise<unknown> => forget(queries, signingEndpoints.getSecondFactor);
  return (
    <Card title="动态口令">
      <p className="hint">
        签发时可以用手机上的动态口令代替密码。用手机的验证器应用（支持 TOTP）扫码即可，不需要联网。
      </p>
      <Loaded query={factor} rows={2}>
        {({ state, since, recoveryCodesLeft }) =>
          state === 'on' ? (
            <>
              <p>
                已启用（{since === null ? '' : minuteText(since)}），还有 {recoveryCodesLeft} 个恢复码可用。
              </p>
              <Button
                danger
                onClick={() => {
                  setAsked('end');
                }}
              >
                停用…
              </Button>
            </>
          ) : (
            <Button
              type="primary"
              onClick={() => {
                setAsked('begin');
              }}
            >
              启用动态口令…
            </Button>
          )
        }
      </Loaded>
      <PasswordDialog
        asked={asked}
        onClose={() => {
          setAsked(null);
        }}
        onBegun={setEnrolment}
        onDone={again}
      />
      <EnrolmentDialog
        enrolment={enrolment}
        onClose={() => {
          setEnrolment(null);
        }}
        onConfirmed={(made) => {
          setEnrolment(null);
          setCodes(made);
          return again();
        }}
      />
      <SecretDialog
        title="恢复码"
        okText="我已抄下"
        secret={codes?.codes.join('\n') ?? null}
        onClose={() => {
          setCodes(null);
        }}
      >
        手机丢失时用恢复码签发，每个只能用一次。请抄下来，放在安全的地方。
      </SecretDialog>
    </Card>
  );
}

interface PasswordDialogProps {
  readonly asked: Asked | null;
  readonly onClose: () => void;
  readonly onBegun: (enrolment: Enrolment) => void;
  readonly onDone: () => unknown;
}

interface PasswordFields {
  readonly password: string;
}

/** Whoever sits at an open screen must not change how its owner signs. */
function PasswordDialog({ asked, onClose, onBegun, onDone }: PasswordDialogProps) {
  const client = useClient();
  const [form] = Form.useForm<PasswordFields>();
  const prove = useAct<PasswordFields>({
    act: async (body) => {
      if (asked === 'begin') onBegun(await client.call(signingEndpoints.beginSecondFactor, { body }));
      else await client.call(signingEndpoints.endSecondFactor, { body });
    },
    onDone: () => {
      onClose();
      return onDone();
    },
  });
  return (
    <FormDialog<PasswordFields>
      open={asked !== null}
      title={asked === 'end' ? '停用动态口令' : '启用动态口令'}
      okText={asked === 'end' ? '停用' : '下一步'}
      form={form}
      initialValues={{}}
      act={prove}
      onClose={onClose}
    >
      <Form.Item name="password" label="登录密码" rules={[{ required: true, message: '请输入登录密码' }]}>
        <PasswordInput autoComplete="current-password" autoFocus />
      </Form.Item>
    </FormDialog>
  );
}

interface EnrolmentDialogProps {
  readonly enrolment: Enrolment | null;
  readonly onClose: () => void;
  readonly onConfirmed: (codes: RecoveryCodes) => unknown;
}

interface CodeFields {
  readonly code: string;
}

function EnrolmentDialog({ enrolment, onClose, onConfirmed }: EnrolmentDialogProps) {
  const client = useClient();
  const [form] = Form.useForm<CodeFields>();
  const confirm = useAct<CodeFields, RecoveryCodes>({
    act: (body) => client.call(signingEndpoints.confirmSecondFactor, { body }),
    onDone: onConfirmed,
  });
  return (
    <FormDialog<CodeFields>
      open={enrolment !== null}
      title="用手机扫码"
      okText="确认启用"
      form={form}
      initialValues={{}}
      act={confirm}
      onClose={onClose}
      above={
        enrolment === null ? null : (
          <div className="enrolment">
            <img
              src={`data:image/svg+xml,${encodeURIComponent(enrolment.qrCode)}`}
              alt="动态口令二维码"
              width={200}
              height={200}
            />
            <p>
              打开手机上的验证器应用扫这个码；不能扫码的，手工输入密钥 <code>{enrolment.secret}</code>
            </p>
            <Alert type="warning" showIcon title="二维码和密钥只显示这一次，不要截图给别人。" />
          </div>
        )
      }
    >
      <Form.Item
        name="code"
        label="手机上显示的六位数字"
        rules={[{ required: true, pattern: /^\d{6}$/, message: '请输入六位数字' }]}
      >
        <Input inputMode="numeric" autoComplete="one-time-code" maxLength={6} />
      </Form.Item>
    </FormDialog>
  );
}
