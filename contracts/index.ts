import { auditApi, auditErrorCodes } from './audit.ts';
import { type Endpoint, requestErrorCodes } from './endpoint.ts';
import { describingApi } from './describing.ts';
import { exchangeApi, exchangeErrorCodes } from './exchange.ts';
import { followingApi, followingErrorCodes } from './following.ts';
import { identityApi, identityErrorCodes } from './identity.ts';
import { intakeApi, intakeErrorCodes } from './intake.ts';
import { interactionApi, interactionErrorCodes } from './interaction.ts';
import { libraryApi, libraryErrorCodes } from './library.ts';
import { linkCheckApi, linkCheckErrorCodes } from './link-check.ts';
import { packagingApi, packagingErrorCodes } from './packaging.ts';
import { proofreadingApi, proofreadingErrorCodes } from './proofreading.ts';
import { publishingApi, publishingErrorCodes } from './publishing.ts';
import { relocationApi, relocationErrorCodes } from './relocation.ts';
import { reviewApi, reviewErrorCodes } from './review.ts';
import { reviewCommentErrorCodes } from './review-comment.ts';
import { sitesApi, sitesErrorCodes } from './sites.ts';
import { webhookApi, webhookErrorCodes } from './webhook.ts';
import { vocabularyApi, vocabularyErrorCodes } from './vocabulary.ts';

/** Every endpoint of the console's interface, by module: documentation and tests walk over this list. */
export const apis = {
  identity: identityApi,
  vocabulary: vocabularyApi,
  library: libraryApi,
  sites: sitesApi,
  describing: describingApi,
  proofreading: proofreadingApi,
  review: reviewApi,
  interaction: interactionApi,
  intake: intakeApi,
  publishing: publishingApi,
  relocation: relocationApi,
  packaging: packagingApi,
  exchange: exchangeApi,
  webhook: webhookApi,
  following: followingApi,
  linkCheck: linkCheckApi,
  audit: auditApi,
} as const;

export const allEndpoints: readonly (Endpoint & { readonly module: string; readonly name: string })[] =
  Object.entries(apis).flatMap(([module, endpoints]) =>
    Object.entries(endpoints).map(([name, endpoint]) => ({ ...(endpoint as Endpoint), module, name })),
  );

/** The closed list of codes that a refusal can carry. */
export const errorCodes: readonly string[] = [
  ...requestErrorCodes,
  ...identityErrorCodes,
  ...vocabularyErrorCodes,
  ...libraryErrorCodes,
  ...sitesErrorCodes,
  ...proofreadingErrorCodes,
  ...reviewErrorCodes,
  ...reviewCommentErrorCodes,
  ...interactionErrorCodes,
  ...intakeErrorCodes,
  ...publishingErrorCodes,
  ...relocationErrorCodes,
  ...packagingErrorCodes,
  ...exchangeErrorCodes,
  ...webhookErrorCodes,
  ...followingErrorCodes,
  ...linkCheckErrorCodes,
  ...auditErrorCodes,
];
