/* The first program of a machine with an x86-64 processor: finds the root file system, which is compressed in a file
 * beside it, makes it the root, mounts /proc, /sys and /dev there, becomes /riad.
 * A whole ELF file, written by hand so that it fits one block and needs no library.
 *
 *     as -o init.o init-x64.S && ld --oformat binary -Ttext=0x400000 -o init init.o
 */
        .intel_syntax noprefix

        .equ    write, 1
        .equ    open, 2
        .equ    ioctl, 16
        .equ    execve, 59
        .equ    chdir, 80
        .equ    chroot, 161
        .equ    mount, 165
        .equ    exit_group, 231
        .equ    finit_module, 313

        .macro  step words              /* what is said when something fails from here on */
        lea     r12, [rip + 1f]
        .text   1
1:      .asciz  "init: \words failed"
        .text   0
        .endm

        .macro  must number
        mov     eax, \number
        syscall
        test    rax, rax
        js      sorry
        .endm

        .text   0
        .globl  _start

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

_start: step    "mounting /dev"
        lea     rbx, [rip + devices]
        call    attach

        step    "loading a module"
        lea     rbx, [rip + modules]
module: mov     rdi, rbx                /* open(file, closed at execve) */
        mov     esi, 0x80000
        mov     eax, open
        syscall
        cmp     rax, -2                 /* none of this name: the kernel has it built in */
        je      loaded
        mov     edi, eax                /* finit_module(file, no parameters, none) */
        lea     rsi, [rip + nothing]
        xor     edx, edx
        must    finit_module
loaded: call    skip
        cmp     byte ptr [rbx], 0
        jne     module

        step    "opening /dev/loop0"
        lea     rdi, [rip + device]
        mov     esi, 0x80000
        must    open
        mov     r13d, eax
        step    "opening /root.squashfs"
        lea     rdi, [rip + root]
        mov     esi, 0x80000
        must    open
        step    "attaching /root.squashfs"
        mov     edx, eax                /* ioctl(device, LOOP_SET_FD, file) */
        mov     edi, r13d
        mov     esi, 0x4c00
        must    ioctl
        step    "mounting /root.squashfs"
        lea     rdi, [rip + device]     /* mount(device, folder, type, read-only and nosuid and nodev, none) */
        lea     rsi, [rip + folder]
        lea     rdx, [rip + type]
        mov     r10d, 7
        xor     r8d, r8d
        must    mount

        step    "changing the root"
        lea     rdi, [rip + folder]
        must    chdir
        lea     rdi, [rip + here]       /* mount(".", "/", none, move, none) */
        lea     rsi, [rip + top]
        xor     edx, edx
        mov     r10d, 0x2000
        xor     r8d, r8d
        must    mount
        lea     rdi, [rip + here]
        must    chroot

        step    "mounting /proc, /sys and /dev"
        lea     rbx, [rip + mounts]
        call    attach

        step    "starting /riad"
        mov     rax, [rsp]              /* execve("/riad", as we were called, as we were called) */
        lea     rsi, [rsp + 8]
        lea     rdx, [rsp + rax * 8 + 16]
        lea     rdi, [rip + program]
        must    execve

sorry:  mov     r13, rax
        mov     rbx, r12
        call    say
        lea     rbx, [rip + perhaps]
        call    say
        mov     rdi, r13                /* exit_group(the number of the fault), which the kernel says as it stops */
        neg     rdi
        mov     eax, exit_group
        syscall

say:    mov     rsi, rbx                /* write(2, text, to its end) */
        call    skip
        mov     rdx, rbx
        sub     rdx, rsi
        dec     rdx
        mov     edi, 2
        mov     eax, write
        syscall
        ret

attach: mov     rdi, rbx                /* mount(type, folder, type, nosuid, none), for each to the end of the list */
        mov     rdx, rbx
        call    skip
        mov     rsi, rbx
        call    skip
        mov     r10d, 2
        xor     r8d, r8d
        must    mount
        cmp     byte ptr [rbx], 0
        jne     attach
        ret

skip:   inc     rbx
        cmp     byte ptr [rbx - 1], 0
        jne     skip
        ret

modules: .asciz "/loop.ko"
        .asciz  "/squashfs.ko"
nothing: .byte  0
device: .asciz  "/dev/loop0"
root:   .asciz  "/root.squashfs"
folder: .asciz  "/root"
type:   .asciz  "squashfs"
here:   .asciz  "."
top:    .asciz  "/"
mounts: .asciz  "proc"
        .asciz  "/proc"
        .asciz  "sysfs"
        .asciz  "/sys"
devices: .asciz "devtmpfs"
        .asciz  "/dev"
        .byte   0
program: .asciz "/riad"
perhaps: .asciz "; is there too little memory?\n"

        .text   2
end:
