import { EyeInvisibleOutlined, EyeOutlined } from '@ant-design/icons';
import { Input } from 'antd';
import type { PasswordProps } from 'antd/es/input';

/** A field for a password, with an eye that says in Chinese what it does. */
export function PasswordInput(props: PasswordProps) {
  return (
    <Input.Password
      {...props}
      iconRender={(isShown) =>
        isShown ? <EyeOutlined aria-label="隐藏密码" /> : <EyeInvisibleOutlined aria-label="显示密码" />
      }
    />
  );
}
