import type { WebhookWithSecret } from '../../../contracts/webhook.ts';
import { SecretDialog } from '../../ui/secret-dialog.tsx';

interface Props {
  readonly made: WebhookWithSecret | null;
  readonly onClose: () => void;
}

export function WebhookSecretDialog({ made, onClose }: Props) {
  return (
    <SecretDialog
      title={`“${made?.webhook.name ?? ''}”的签名密钥`}
      secret={made?.secret ?? null}
      onClose={onClose}
    >
      对方用它核对请求头 <code>webhook-signature</code>
      ，确认推送确实来自本平台。签名方式是 Standard Webhooks，各种语言都有现成的库。
    </SecretDialog>
  );
}
