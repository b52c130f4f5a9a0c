import { useQuery } from '@tanstack/react-query';
import { Input, Segmented } from 'antd';

import { signingEndpoints, signingMethodNames, type SigningMethod } from '../../../contracts/signing.ts';
import { queryFor } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { PasswordInput } from '../../ui/password-input.tsx';

export interface ProofDraft {
  readonly method: SigningMethod;
  readonly secret: string;
}

interface Props {
  readonly proof: ProofDraft;
  readonly onChange: (proof: ProofDraft) => void;
  /** Enter in the field signs. */
  readonly onEnter: () => void;
  /** An hour that was set gives way. */
  readonly isAtOnce?: boolean;
}

const labels: Readonly<Record<SigningMethod, string>> = {
  password: '您的登录密码',
  totp: '手机上的六位动态口令',
  'recovery-code': '恢复码',
};

const whenDue = '签发后入库，到定好的时间（一同发布的，等各篇齐了）发布；没有定时的立即发布。';

/** Whoever signs proves at that moment who they are. */
export function SigningFields({ proof, onChange, onEnter, isAtOnce = false }: Props) {
  const client = useClient();
  const factor = useQuery(queryFor(client, signingEndpoints.getSecondFactor, {}));
  const common = {
    id: 'sign-secret',
    value: proof.secret,
    maxLength: 200,
    onPressEnter: onEnter,
    onChange: (event: { readonly target: { readonly value: string } }) => {
      onChange({ ...proof, secret: event.target.value });
    },
  };
  return (
    <div className="stack signing">
      <h3 className="minor">签发确认</h3>
      {factor.data?.state === 'on' ? (
        <Segmented<SigningMethod>
          aria-label="确认方式"
          value={proof.method}
          options={Object.entries(signingMethodNames).map(([value, label]) => ({
            value: value as SigningMethod,
            label,
          }))}
          onChange={(method) => {
            onChange({ method, secret: '' });
          }}
        />
      ) : null}
      <label htmlFor="sign-secret">{labels[proof.method]}</label>
      {proof.method === 'password' ? (
        <PasswordInput {...common} autoComplete="current-password" />
      ) : (
        <Input
          {...common}
          autoComplete="one-time-code"
          inputMode={proof.method === 'totp' ? 'numeric' : 'text'}
          spellCheck={false}
        />
      )}
      <p className="hint">
        {isAtOnce ? '签发后入库并立即发布，定好的时间不再等。' : whenDue}您的签名随这一版永久保存。
      </p>
    </div>
  );
}
