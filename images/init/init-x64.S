/* The first program of a machine with an x86-64 processor: mounts /proc, /sys and /dev, becomes /riad.
 * A whole ELF file, written by hand so that it fits one block and needs no library.
 *
 *     as -o init.o init-x64.S && ld --oformat binary -Ttext=0x400000 -o init init.o
 */
        .intel_syntax noprefix
        .text
        .globl _start

file:   .byte   0x7f, 'E', 'L', 'F', 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0
        .short  2, 62                   /* a program, x86-64 */
        .long   1
        .quad   _start
        .quad   segment - file
        .quad   0
        .long   0
        .short  64, 56, 1, 0, 0, 0
segment:
        .long   1, 5                    /* loaded, readable and executable */
        .quad   0, file, file
        .quad   end - file, end - file
        .quad   0x1000

_start: lea     rbx, [rip + mounts]
next:   mov     rdi, rbx                /* mount(type, folder, type, nosuid, none) */
        mov     rdx, rbx
        call    skip
        mov     rsi, rbx
        call    skip
        mov     r10d, 2
        xor     r8d, r8d
        mov     eax, 165
        syscall
        cmp     byte ptr [rbx], 0
        jne     next

        mov     rax, [rsp]              /* execve("/riad", as we were called, as we were called) */
        lea     rsi, [rsp + 8]
        lea     rdx, [rsp + rax * 8 + 16]
        lea     rdi, [rip + program]
        mov     eax, 59
        syscall

        mov     edi, 2                  /* write(2, ...); the kernel says the rest */
        lea     rsi, [rip + sorry]
        mov     edx, end - sorry
        mov     eax, 1
        syscall
        mov     edi, 1
        mov     eax, 231
        syscall

skip:   inc     rbx
        cmp     byte ptr [rbx - 1], 0
        jne     skip
        ret

mounts: .asciz  "proc"
        .asciz  "/proc"
        .asciz  "sysfs"
        .asciz  "/sys"
        .asciz  "devtmpfs"
        .asciz  "/dev"
        .byte   0
program:
        .asciz  "/riad"
sorry:  .ascii  "init: /riad cannot be started; is there too little memory?\n"
end:
