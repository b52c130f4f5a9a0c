import { identityApi } from '../../../contracts/identity.ts';
import type { Routes } from '../../platform/http.ts';
import {
  imageMissing,
  readSignatureImage,
  removeSignatureImage,
  setSignatureImage,
} from './change-signature-image.ts';
import { imageInUse, signatureImageOf } from './signature-image.queries.ts';

export const signatureImageRoutes: Routes = (mount, { perform, consult }) => {
  mount(identityApi.setSignatureImage, async ({ caller, body }) => {
    const content = await readSignatureImage(Buffer.from(body.png, 'base64'));
    await perform(caller, setSignatureImage, { content });
    return null;
  });
  mount(identityApi.removeSignatureImage, ({ caller }) => perform(caller, removeSignatureImage, undefined));
  mount(identityApi.getSignatureImage, async ({ caller, reply }) => {
    const content = await consult(caller, 'identity.get-signature-image', async ({ db, actor }) => {
      const digest = await imageInUse(db, actor.id);
      const image = digest && (await signatureImageOf(db, actor.id, digest));
      if (!image) throw imageMissing();
      return image;
    });
    return reply.type('image/png').send(content);
  });
};
