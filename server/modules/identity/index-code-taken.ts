import { AppError } from '../../platform/errors.ts';

export const indexCodeTaken = (): AppError =>
  new AppError(
    'conflict',
    'identity.index-code-taken',
    '另一个单位的信息索取号已用这个代码开头，两个单位的号码会重复。请用完整的机构代码。',
  );
