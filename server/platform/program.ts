/** As in package.json, which is not beside the compiled program. */
export const programVersion = '0.1.0';
