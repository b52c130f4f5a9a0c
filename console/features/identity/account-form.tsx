import { useQueryClient } from '@tanstack/react-query';
import { Checkbox, Form, Input, Select } from 'antd';

import { platformRoles, type Role, roleNames, unitRoles } from '../../../contracts/actor.ts';
import { type Account, identityApi, type InitialPassword, type Unit } from '../../../contracts/identity.ts';
import { forget } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { unitOptions } from '../../lib/unit-tree.ts';
import { useAct } from '../../ui/use-act.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';

interface Props {
  readonly open: boolean;
  /** The account to change; null to add one. */
  readonly account: Account | null;
  readonly unitId: string | undefined;
  readonly units: readonly Unit[];
  readonly onClose: () => void;
  readonly onPassword: (initial: InitialPassword) => void;
}

interface Fields {
  readonly unitId: string;
  readonly login: string;
  readonly realName: string;
  readonly phone?: string;
  readonly unitRoles: Role[];
  readonly platformRoles: Role[];
}

const optionsOf = (roles: readonly Role[]) => roles.map((role) => ({ value: role, label: roleNames[role] }));

export function AccountForm({ open, account, unitId, units, onClose, onPassword }: Props) {
  const client = useClient();
  const queries = useQueryClient();
  const [form] = Form.useForm<Fields>();
  const save = useAct<Fields, InitialPassword | Account>({
    act: (fields) => {
      const phone = fields.phone === undefined || fields.phone.trim() === '' ? null : fields.phone.trim();
      const roles = [...fields.unitRoles, ...fields.platformRoles];
      const { realName } = fields;
      return account === null
        ? client.call(identityApi.createAccount, {
            body: { unitId: fields.unitId, login: fields.login, realName, phone, roles },
          })
        : client.call(identityApi.changeAccount, {
            params: { id: account.id },
            body: {
              expectedVersion: account.version,
              realName,
              phone,
              ...(isSame(roles, account.roles) ? {} : { roles }),
            },
          });
    },
    done: account === null ? '账号已新增' : '账号已修改',
    onDone: async (answer) => {
      if ('initialPassword' in answer) onPassword(answer);
      await forget(queries, identityApi.listAccounts);
      onClose();
    },
  });
  return (
    <FormDialog<Fields>
      open={open}
      title={account === null ? '新增账号' : `修改账号：${account.realName}`}
      form={form}
      initialValues={initialOf(account, unitId)}
      act={save}
      onClose={onClose}
    >
      {account === null ? (
        <>
          <Form.Item name="unitId" label="单位" rules={[{ required: true, message: '请选择单位' }]}>
            <Select options={unitOptions(units)} showSearch={{ optionFilterProp: 'label' }} />
          </Form.Item>
          <Form.Item
            name="login"
            label="登录名"
            extra="小写字母开头，可含数字、点和连字符；以后不能更改。"
            rules={[
              {
                required: true,
                pattern: /^[a-z][a-z0-9.-]{1,39}$/,
                message: '小写字母开头，2 到 40 位小写字母、数字、点或连字符',
              },
            ]}
          >
            <Input maxLength={40} autoCapitalize="none" spellCheck={false} autoComplete="off" />
          </Form.Item>
        </>
      ) : null}
      <Form.Item name="realName" label="姓名" rules={[{ required: true, min: 2, message: '请填写真实姓名' }]}>
        <Input maxLength={20} autoComplete="off" />
      </Form.Item>
      <Form.Item
        name="phone"
        label="电话"
        rules={[{ pattern: /^[0-9+-]{5,20}$/, message: '只写数字、加号和连字符' }]}
      >
        <Input type="tel" autoComplete="off" />
      </Form.Item>
      <Form.Item name="unitRoles" label="单位角色">
        <Checkbox.Group options={optionsOf(unitRoles)} />
      </Form.Item>
      <Form.Item
        name="platformRoles"
        label="平台角色"
        extra="只能由安全管理员授予；系统、安全、审计三种管理员不能由同一人担任。"
        dependencies={['unitRoles']}
        rules={[
          ({ getFieldValue }) => ({
            validator: (_, value: Role[]) =>
              value.length + (getFieldValue('unitRoles') as Role[]).length > 0
                ? Promise.resolve()
                : Promise.reject(new Error('至少选一个角色')),
          }),
        ]}
      >
        <Checkbox.Group options={optionsOf(platformRoles)} />
      </Form.Item>
    </FormDialog>
  );
}

function isSame(a: readonly Role[], b: readonly Role[]): boolean {
  return a.length === b.length && a.every((role) => b.includes(role));
}

function initialOf(account: Account | null, unitId: string | undefined): Partial<Fields> {
  const isPlatform = (role: Role): boolean => platformRoles.some((one) => one === role);
  const held = account?.roles ?? [];
  return {
    ...(unitId === undefined ? {} : { unitId }),
    ...(account === null ? {} : { realName: account.realName, phone: account.phone ?? '' }),
    unitRoles: held.filter((role) => !isPlatform(role)),
    platformRoles: held.filter(isPlatform),
  };
}
