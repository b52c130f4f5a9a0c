import type { Examples } from '../examples.ts';
import { FormField, ProblemSummary } from './form-field.tsx';

export const formFieldExamples: Examples = {
  'with a hint': (
    <FormField name="code" label="查询码" hint="提交时显示的 12 位字母和数字" problem={undefined}>
      {(attributes) => <input {...attributes} type="text" />}
    </FormField>
  ),
  'with a problem': (
    <FormField name="code" label="查询码" problem="没有找到，请检查查询码">
      {(attributes) => <input {...attributes} type="text" value="1234" />}
    </FormField>
  ),
  'all problems above a form': (
    <>
      <ProblemSummary problems={{ code: '没有找到，请检查查询码' }} />
      <FormField name="code" label="查询码" problem="没有找到，请检查查询码">
        {(attributes) => <input {...attributes} type="text" value="1234" />}
      </FormField>
    </>
  ),
};
