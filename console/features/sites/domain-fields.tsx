import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Form, Input } from 'antd';

import { sitePatterns } from '../../../contracts/sites.ts';
import { Icon } from '../../ui/icon.tsx';
import { domainOf, isOfficial } from './site-words.ts';

const pattern = new RegExp(sitePatterns.domain);
const most = 10;

/** Host names, the first being the main one. */
export function DomainFields({ demonstration }: { readonly demonstration: boolean }) {
  const form = Form.useFormInstance();
  const [main = ''] = (Form.useWatch<string[] | undefined>('domains') ?? []).map((one) => one || '');
  return (
    <fieldset className="domains">
      <legend>域名</legend>
      <p className="hint">
        第一个是主域名，用在网址、站点地图和网页标签里；其他域名打开同样的网页。政府网站用 .gov.cn，中文域名用
        .政务，原则上一中一英。更换主域名时请把旧域名留在后面，旧网址仍能打开；域名变更要向主管单位备案，并在网站上公告。
      </p>
      <Form.List name="domains">
        {(fields, { add, remove, move }) => (
          <>
            {fields.map(({ key, name }) => {
              const label = name === 0 ? '主域名' : `域名 ${name + 1}`;
              return (
                <div key={key} className="row domain">
                  <Form.Item
                    name={name}
                    className="grow"
                    rules={[{ validator: (_, value?: string) => checkDomain(form, name, value ?? '') }]}
                  >
                    <Input
                      aria-label={label}
                      placeholder="jyj.example.gov.cn"
                      maxLength={300}
                      spellCheck={false}
                      autoCapitalize="off"
                      onBlur={(event) => {
                        form.setFieldValue(['domains', name], domainOf(event.target.value));
                        void form.validateFields([['domains', name]]).catch(() => undefined);
                      }}
                    />
                  </Form.Item>
                  {name === 0 ? (
                    <span className="badge">主域名</span>
                  ) : (
                    <Button
                      size="small"
                      aria-label={`把域名 ${name + 1} 设为主域名`}
                      onClick={() => {
                        move(name, 0);
                      }}
                    >
                      设为主域名
                    </Button>
                  )}
                  <Button
                    type="text"
                    icon={<Icon of={DeleteOutlined} />}
                    aria-label={`去掉${label}`}
                    onClick={() => {
                      remove(name);
                    }}
                  />
                </div>
              );
            })}
            {main === '' || demonstration || isOfficial(main) ? null : (
              <p className="domain-warning">主域名不是 .gov.cn 或 .政务，正式上线前请更换。</p>
            )}
            <Button
              icon={<Icon of={PlusOutlined} />}
              disabled={fields.length >= most}
              onClick={() => {
                add('');
              }}
            >
              添加域名
            </Button>
          </>
        )}
      </Form.List>
    </fieldset>
  );
}

function checkDomain(
  form: { getFieldValue: (name: string) => unknown },
  at: number,
  typed: string,
): Promise<void> {
  const domain = domainOf(typed);
  // An empty line is no domain; it is left out when the form is saved.
  if (domain === '') return Promise.resolve();
  if (!pattern.test(domain)) return Promise.reject(new Error('形如 jyj.example.gov.cn，不带 http:// 和端口'));
  const all = (form.getFieldValue('domains') as (string | undefined)[]).map((one) => domainOf(one ?? ''));
  return all.indexOf(domain) < at ? Promise.reject(new Error('和上面的域名重复')) : Promise.resolve();
}
