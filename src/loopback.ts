// This machine, as addresses name it.
export const loopbackNames: readonly string[] = ['127.0.0.1', 'localhost', '[::1]']
