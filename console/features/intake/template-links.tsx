import { Select } from 'antd';
import { useState } from 'react';

import { intakeApi, isImportable } from '../../../contracts/intake.ts';
import type { ResourceTypeKey } from '../../../contracts/library.ts';
import { addressOf } from '../../lib/client.ts';
import { useTypes } from '../../lib/use-types.ts';

/** Empty tables to fill in, with the columns of a type. */
export function TemplateLinks() {
  const [type, setType] = useState<ResourceTypeKey>('article');
  const types = useTypes().filter(isImportable);
  const address = (form: 'csv' | 'xlsx'): string =>
    addressOf(intakeApi.downloadTemplate.path, { params: { type }, query: { form } });
  return (
    <div className="row import-templates">
      <label htmlFor="template-type">没有现成的表格？下载模板：</label>
      <Select<ResourceTypeKey>
        id="template-type"
        value={type}
        popupMatchSelectWidth={false}
        options={types.map(({ key, name }) => ({ value: key, label: name }))}
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
