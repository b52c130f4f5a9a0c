import { useMutation, type UseMutationResult } from '@tanstack/react-query';
import { App } from 'antd';

import { sentenceOf } from '../lib/api-error.ts';

interface Act<Input, Output> {
  readonly act: (input: Input) => Promise<Output>;
  readonly done?: string;
  readonly onDone?: (output: Output, input: Input) => unknown;
  /** Said by the caller itself instead of by a message. */
  readonly onRefused?: (error: unknown) => boolean;
}

/** One act of a person: says that it is done, or in the server's words why not. */
export function useAct<Input = void, Output = unknown>(
  options: Act<Input, Output>,
): UseMutationResult<Output, unknown, Input> {
  const { message } = App.useApp();
  return useMutation<Output, unknown, Input>({
    mutationFn: options.act,
    onSuccess: async (output, input) => {
      if (options.done !== undefined) void message.success(options.done);
      await options.onDone?.(output, input);
    },
    onError: (error) => {
      if (options.onRefused?.(error) === true) return;
      void message.error(sentenceOf(error), 6);
    },
  });
}

/** An act that needs nothing but the will to do it. */
export function useDeed<Output>(options: Act<void, Output>): UseMutationResult<Output, unknown, void> {
  return useAct(options);
}
