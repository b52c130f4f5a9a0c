import { type Static, Type } from 'typebox';

import { Closed, defineEndpoint, IdParams, Instant, Nothing } from './endpoint.ts';

/** How somebody proves, at this moment, that it is they who sign. */
export const signingMethodNames = {
  password: '重新输入密码',
  totp: '动态口令',
  'recovery-code': '恢复码',
} as const;
export type SigningMethod = keyof typeof signingMethodNames;
export const SigningMethod = Type.Union([
  Type.Literal('password'),
  Type.Literal('totp'),
  Type.Literal('recovery-code'),
]);

export const SigningProof = Closed({
  method: SigningMethod,
  secret: Type.String({ minLength: 1, maxLength: 200 }),
});
export type SigningProof = Static<typeof SigningProof>;

export const signingErrorCodes = [
  'identity.proof-wrong',
  'identity.code-used',
  'identity.second-factor-missing',
  'identity.second-factor-present',
  'identity.signature-image-wrong',
  'identity.signature-image-missing',
] as const;

const OwnPassword = Closed({ password: Type.String({ minLength: 1, maxLength: 200 }) });

export const SecondFactor = Closed({
  state: Type.Union([Type.Literal('off'), Type.Literal('begun'), Type.Literal('on')]),
  since: Type.Union([Instant, Type.Null()]),
  recoveryCodesLeft: Type.Integer(),
  hasSignatureImage: Type.Boolean(),
});
export type SecondFactor = Static<typeof SecondFactor>;

/** Shown once. */
export const Enrolment = Closed({
  secret: Type.String(),
  qrCode: Type.String({ description: 'An SVG of the address with the secret.' }),
});
export type Enrolment = Static<typeof Enrolment>;

/** Shown once. */
export const RecoveryCodes = Closed({ codes: Type.Array(Type.String()) });
export type RecoveryCodes = Static<typeof RecoveryCodes>;

/** A PNG in base64: with 400,000 letters at most 300 KB. */
export const SignatureImage = Closed({
  png: Type.String({ minLength: 8, maxLength: 400_000, pattern: '^[A-Za-z0-9+/]+={0,2}$' }),
});
export type SignatureImage = Static<typeof SignatureImage>;

export const signingEndpoints = {
  getSecondFactor: defineEndpoint({
    method: 'GET',
    path: '/api/session/second-factor',
    summary: 'Whether the own account has one-time codes and a picture of its signature.',
    access: 'signed-in',
    response: SecondFactor,
  }),
  beginSecondFactor: defineEndpoint({
    method: 'POST',
    path: '/api/session/second-factor',
    summary: 'Begin to use one-time codes: a new secret for the application on the telephone, shown once.',
    access: 'signed-in',
    body: OwnPassword,
    response: Enrolment,
    status: 201,
  }),
  confirmSecondFactor: defineEndpoint({
    method: 'POST',
    path: '/api/session/second-factor/confirmation',
    summary: 'The first code proves that the application has the secret; answers recovery codes, once.',
    access: 'signed-in',
    body: Closed({ code: Type.String({ pattern: '^[0-9]{6}$' }) }),
    response: RecoveryCodes,
    status: 201,
  }),
  endSecondFactor: defineEndpoint({
    method: 'POST',
    path: '/api/session/second-factor/end',
    summary: 'Use one-time codes no more.',
    access: 'signed-in',
    body: OwnPassword,
    response: Nothing,
    status: 204,
  }),
  resetSecondFactor: defineEndpoint({
    method: 'DELETE',
    path: '/api/accounts/:id/second-factor',
    summary: 'Take the one-time codes from somebody who lost the telephone.',
    access: 'signed-in',
    params: IdParams,
    response: Nothing,
    status: 204,
  }),
  setSignatureImage: defineEndpoint({
    method: 'PUT',
    path: '/api/session/signature-image',
    summary: 'The picture of the own signature; sheets that were signed before keep theirs.',
    access: 'signed-in',
    body: SignatureImage,
    response: Nothing,
    status: 204,
  }),
  removeSignatureImage: defineEndpoint({
    method: 'DELETE',
    path: '/api/session/signature-image',
    summary: 'Sign without a picture from now on.',
    access: 'signed-in',
    response: Nothing,
    status: 204,
  }),
  getSignatureImage: defineEndpoint({
    method: 'GET',
    path: '/api/session/signature-image',
    summary: 'The picture of the own signature.',
    access: 'signed-in',
    response: Type.Unknown(),
    produces: 'image/png',
  }),
} as const;
