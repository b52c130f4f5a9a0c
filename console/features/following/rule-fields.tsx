import { Button, Form, Select } from 'antd';

export interface RuleFieldValue {
  readonly sourceColumnId: string;
  readonly columnId: string;
}

interface Option {
  readonly value: string;
  readonly label: string;
}

interface Props {
  readonly theirs: readonly Option[];
  readonly ours: readonly Option[];
}

/** Some of their columns go to columns of their own here. */
export function RuleFields({ theirs, ours }: Props) {
  const search = { optionFilterProp: 'label' };
  return (
    <Form.List name="rules">
      {(fields, { add, remove }) => (
        <Form.Item label="个别栏目另放" extra="按顺序看，第一条符合的生效。">
          {fields.map(({ key, name }, at) => (
            <div key={key} className="row">
              <Form.Item
                name={[name, 'sourceColumnId']}
                rules={[{ required: true, message: '请选择对方栏目' }]}
                style={{ flex: 1, minWidth: 150 }}
              >
                <Select
                  aria-label={`第 ${String(at + 1)} 条：对方栏目`}
                  placeholder="对方栏目"
                  options={[...theirs]}
                  showSearch={search}
                />
              </Form.Item>
              <Form.Item
                name={[name, 'columnId']}
                rules={[{ required: true, message: '请选择本平台栏目' }]}
                style={{ flex: 1, minWidth: 150 }}
              >
                <Select
                  aria-label={`第 ${String(at + 1)} 条：本平台栏目`}
                  placeholder="本平台栏目"
                  options={[...ours]}
                  showSearch={search}
                />
              </Form.Item>
              <Button
                aria-label={`删除第 ${String(at + 1)} 条`}
                onClick={() => {
                  remove(name);
                }}
              >
                删除
              </Button>
            </div>
          ))}
          <Button
            onClick={() => {
              add();
            }}
          >
            加一条
          </Button>
        </Form.Item>
      )}
    </Form.List>
  );
}
