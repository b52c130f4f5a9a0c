import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Card } from 'antd';
import { useRef, useState } from 'react';

import { signingEndpoints } from '../../../contracts/signing.ts';
import { forget, queryFor } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { useAct, useDeed } from '../../ui/use-act.ts';

const mostBytes = 300_000;

/** The picture of the own signature, for the sheet and nothing else. */
export function SignatureImageCard() {
  const client = useClient();
  const queries = useQueryClient();
  const factor = useQuery(queryFor(client, signingEndpoints.getSecondFactor, {}));
  const picker = useRef<HTMLInputElement>(null);
  // The address stays the same when the picture changes.
  const [version, setVersion] = useState(0);
  const onDone = (): Promise<unknown> => {
    setVersion(version + 1);
    return forget(queries, signingEndpoints.getSecondFactor);
  };
  const send = useAct<File>({
    act: async (file) => {
      const bytes = new Uint8Array((await file.arrayBuffer()).slice(0, mostBytes + 1));
      const png = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
      return client.call(signingEndpoints.setSignatureImage, { body: { png } });
    },
    done: '签名图片已更换，以前签发的审批表不变',
    onDone,
  });
  const remove = useDeed({
    act: () => client.call(signingEndpoints.removeSignatureImage),
    done: '以后签发不再附签名图片',
    onDone,
  });
  const has = factor.data?.hasSignatureImage === true;
  return (
    <Card title="签名图片">
      <p className="hint">PNG，不超过 300 KB，只印在您签发的信息发布审批表上。</p>
      {has ? (
        <p>
          <img
            className="signature-image"
            src={`${signingEndpoints.getSignatureImage.path}?v=${String(version)}`}
            alt="我的签名"
          />
        </p>
      ) : null}
      <Button loading={send.isPending} onClick={() => picker.current?.click()}>
        {has ? '更换图片' : '上传图片'}
      </Button>
      <input
        ref={picker}
        type="file"
        hidden
        aria-label="选择签名图片"
        accept="image/png"
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = '';
          if (file !== undefined) send.mutate(file);
        }}
      />
      {has ? (
        <Button
          type="link"
          loading={remove.isPending}
          onClick={() => {
            remove.mutate();
          }}
        >
          不再使用
        </Button>
      ) : null}
    </Card>
  );
}
