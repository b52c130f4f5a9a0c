import { Input, Radio } from 'antd';
import { useState } from 'react';

import type { SiteRules } from '../../../contracts/relocation.ts';
import { linesOf } from './relocation-words.ts';

type ListKey = { [K in keyof SiteRules]: SiteRules[K] extends string[] ? K : never }[keyof SiteRules];

interface Field {
  readonly key: ListKey;
  readonly name: string;
  readonly hint: string;
}

const fields: readonly Field[] = [
  { key: 'title', name: '标题', hint: 'CSS 选择器，每行一个，从上到下先找到的算数' },
  { key: 'titleEndings', name: '标题末尾去掉', hint: '如：_浔阳区人民政府' },
  { key: 'date', name: '日期', hint: 'CSS 选择器；找不到时看“发布时间：”等字样，再看网址中的日期' },
  { key: 'dateForms', name: '特殊日期格式', hint: '如：DD/MM/YYYY。年月日、2022-12-08 等不用填' },
  { key: 'source', name: '来源', hint: 'CSS 选择器；找不到时按下面的标签找' },
  { key: 'sourceLabels', name: '来源标签', hint: '冒号前面的字' },
  { key: 'body', name: '正文', hint: 'CSS 选择器' },
  { key: 'dropped', name: '正文中去掉', hint: 'CSS 选择器，如分享按钮、二维码' },
  {
    key: 'articleAddresses',
    name: '文章网址',
    hint: '* 代表一段名字，** 代表任意路径；不填则按页面内容判断',
  },
  { key: 'skippedAddresses', name: '不读取的网址', hint: '如：/english/**' },
  { key: 'breadcrumb', name: '当前位置', hint: 'CSS 选择器，用来读出栏目名称' },
  { key: 'attachmentExtensions', name: '附件扩展名', hint: '每行一个' },
];

interface Props {
  readonly rules: SiteRules;
  readonly onChange: (rules: SiteRules) => void;
}

export function RuleFields({ rules, onChange }: Props) {
  return (
    <div className="relocation-fields">
      {fields.map(({ key, name, hint }) => (
        <LinesField
          key={key}
          name={name}
          hint={hint}
          lines={rules[key]}
          onChange={(lines) => {
            onChange({ ...rules, [key]: lines });
          }}
        />
      ))}
      <div>
        <span id="column-from">原栏目按</span>{' '}
        <Radio.Group
          aria-labelledby="column-from"
          value={rules.columnFrom}
          options={[
            { value: 'path', label: '网址的文件夹' },
            { value: 'breadcrumb', label: '当前位置' },
          ]}
          onChange={(event) => {
            onChange({ ...rules, columnFrom: event.target.value === 'breadcrumb' ? 'breadcrumb' : 'path' });
          }}
        />
      </div>
    </div>
  );
}

interface LinesProps {
  readonly name: string;
  readonly hint: string;
  readonly lines: readonly string[];
  readonly onChange: (lines: string[]) => void;
}

/** A list as text, a line each. What is typed stays as it is typed; what is meant goes up. */
function LinesField({ name, hint, lines, onChange }: LinesProps) {
  const [text, setText] = useState(lines.join('\n'));
  // Somebody else changed the list: a suggestion.
  const shown = linesOf(text).join('\n') === lines.join('\n') ? text : lines.join('\n');
  return (
    <label>
      {name}
      <Input.TextArea
        autoSize={{ minRows: 1, maxRows: 8 }}
        spellCheck={false}
        value={shown}
        onChange={(event) => {
          setText(event.target.value);
          onChange(linesOf(event.target.value));
        }}
      />
      <span className="hint">{hint}</span>
    </label>
  );
}
