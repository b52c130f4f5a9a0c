import { Select } from 'antd';
import { useState } from 'react';

import { importableTypes, intakeApi } from '../../../contracts/intake.ts';
import { type BuiltInType, resourceTypeNames } from '../../../contracts/library.ts';
import { addressOf } from '../../lib/client.ts';

/** Empty tables to fill in, with the columns of a type. */
export function TemplateLinks() {
  const [type, setType] = useState<BuiltInType>('article');
  const address = (form: 'csv' | 'xlsx'): string =>
    addressOf(intakeApi.downloadTemplate.path, { params: { type }, query: { form } });
  return (
    <div className="row import-templates">
      <label htmlFor="template-type">没有现成的表格？下载模板：</label>
      <Select<BuiltInType>
        id="template-type"
        value={type}
        popupMatchSelectWidth={false}
        options={importableTypes.map((value) => ({ value, label: resourceTypeNames[value] }))}
        onChange={setType}
      />
      <a href={address('xlsx')} download>
        Excel 模板
      </a>
      <a href={address('csv')} download>
        CSV 模板
      </a>
    </div>
  );
}
