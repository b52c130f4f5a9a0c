import { identityApi } from '../../../contracts/identity.ts';
import { qrCodeSvg } from '../../platform/qr-code.ts';
import type { Routes } from '../../platform/http.ts';
import {
  beginSecondFactor,
  confirmSecondFactor,
  endSecondFactor,
  resetSecondFactor,
} from './change-second-factor.ts';
import { createOneTimeSecret } from './one-time-code.ts';
import { requirePassword, sealedFor } from './prove-signer.ts';
import { countRecoveryCodes, oneTimeSecretOf } from './second-factor.queries.ts';
import type { IdentityParts } from './settings.ts';
import { imageInUse } from './signature-image.queries.ts';

export function secondFactorRoutes({ settings, seal }: IdentityParts): Routes {
  return (mount, { perform, consult }) => {
    /** Outside of the command, so that a wrong password is counted although the command is refused. */
    const prove = (caller: Parameters<typeof consult>[0], password: string): Promise<string> =>
      consult(caller, 'identity.prove-signer', (reader) => requirePassword(reader, settings, password));
    mount(identityApi.getSecondFactor, ({ caller }) =>
      consult(caller, 'identity.get-second-factor', async ({ db, actor }) => {
        const secret = await oneTimeSecretOf(db, actor.id);
        return {
          state: secret === undefined ? 'off' : secret.confirmedAt === null ? 'begun' : 'on',
          since: secret?.confirmedAt?.toISOString() ?? null,
          recoveryCodesLeft: await countRecoveryCodes(db, actor.id),
          hasSignatureImage: (await imageInUse(db, actor.id)) !== undefined,
        };
      }),
    );
    mount(identityApi.beginSecondFactor, async ({ caller, body }) => {
      const login = await prove(caller, body.password);
      const { secret, uri } = createOneTimeSecret(login);
      const sealed = (await seal()).seal(sealedFor(caller.actor.id), secret);
      await perform(caller, beginSecondFactor, { sealed });
      return { secret, qrCode: qrCodeSvg(uri) };
    });
    mount(identityApi.confirmSecondFactor, async ({ caller, body }) =>
      perform(caller, confirmSecondFactor, { code: body.code, seal: await seal() }),
    );
    mount(identityApi.endSecondFactor, async ({ caller, body }) => {
      await prove(caller, body.password);
      return perform(caller, endSecondFactor, undefined);
    });
    mount(identityApi.resetSecondFactor, ({ caller, params }) => perform(caller, resetSecondFactor, params));
  };
}
