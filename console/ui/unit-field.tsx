import { useQuery } from '@tanstack/react-query';
import { Form, Select } from 'antd';

import { identityApi } from '../../contracts/identity.ts';
import { queryFor } from '../lib/queries.ts';
import { useClient } from '../lib/services.tsx';
import { unitOptions } from '../lib/unit-tree.ts';

interface Props {
  readonly label: string;
  readonly extra?: string;
}

/** The one unit of a form, `unitId`. Asked for when the form is on the screen. */
export function UnitField({ label, extra }: Props) {
  const client = useClient();
  const units = useQuery({ ...queryFor(client, identityApi.listUnits, {}), staleTime: 300_000 });
  return (
    <Form.Item
      name="unitId"
      label={label}
      extra={extra}
      rules={[{ required: true, message: `请选择${label}` }]}
    >
      <Select
        options={unitOptions(units.data ?? [])}
        showSearch={{ optionFilterProp: 'label' }}
        loading={units.isPending}
      />
    </Form.Item>
  );
}
