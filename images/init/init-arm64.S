/* The first program of a machine with a 64-bit ARM processor: finds the root file system, which is compressed in a file
 * beside it, makes it the root, mounts /proc, /sys and /dev there, becomes /riad.
 * A whole ELF file, written by hand so that it fits one block and needs no library.
 *
 *     aarch64-linux-gnu-as -o init.o init-arm64.S && aarch64-linux-gnu-ld -Ttext=0x400000 -o init.elf init.o && aarch64-linux-gnu-objcopy -O binary -j .text init.elf init
 */
        .equ    ioctl, 29
        .equ    mount, 40
        .equ    chdir, 49
        .equ    chroot, 51
        .equ    openat, 56
        .equ    write, 64
        .equ    exit_group, 94
        .equ    execve, 221
        .equ    finit_module, 273

        .macro  step words              /* what is said when something fails from here on */
        adr     x20, 1f
        .text   1
1:      .asciz  "init: \words failed"
        .text   0
        .endm

        .macro  must number
        mov     x8, #\number
        svc     #0
        tbnz    x0, #63, sorry
        .endm

        .text   0
        .globl  _start

file:   .byte   0x7f, 'E', 'L', 'F', 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0
        .short  2, 183                  /* a program, AArch64 */
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
        .quad   0x10000

_start: step    "mounting /dev"
        adr     x19, devices
        bl      attach

        step    "loading a module"
        adr     x19, modules
module: mov     x1, x19
        bl      open
        cmn     x0, #2                  /* none of this name: the kernel has it built in */
        b.eq    loaded
        adr     x1, nothing             /* finit_module(file, no parameters, none) */
        mov     x2, #0
        must    finit_module
loaded: bl      skip
        ldrb    w9, [x19]
        cbnz    w9, module

        step    "opening /dev/loop0"
        adr     x1, device
        bl      open
        tbnz    x0, #63, sorry
        mov     x21, x0
        step    "opening /root.squashfs"
        adr     x1, root
        bl      open
        tbnz    x0, #63, sorry
        step    "attaching /root.squashfs"
        mov     x2, x0                  /* ioctl(device, LOOP_SET_FD, file) */
        mov     x0, x21
        mov     x1, #0x4c00
        must    ioctl
        step    "mounting /root.squashfs"
        adr     x0, device              /* mount(device, folder, type, read-only and nosuid and nodev, none) */
        adr     x1, folder
        adr     x2, type
        mov     x3, #7
        mov     x4, #0
        must    mount

        step    "changing the root"
        adr     x0, folder
        must    chdir
        adr     x0, here                /* mount(".", "/", none, move, none) */
        adr     x1, top
        mov     x2, #0
        mov     x3, #0x2000
        mov     x4, #0
        must    mount
        adr     x0, here
        must    chroot

        step    "mounting /proc, /sys and /dev"
        adr     x19, mounts
        bl      attach

        step    "starting /riad"
        ldr     x9, [sp]                /* execve("/riad", as we were called, as we were called) */
        add     x1, sp, #8
        add     x2, x1, x9, lsl #3
        add     x2, x2, #8
        adr     x0, program
        must    execve

sorry:  neg     x21, x0
        mov     x19, x20
        bl      say
        adr     x19, perhaps
        bl      say
        mov     x0, x21                 /* exit_group(the number of the fault), which the kernel says as it stops */
        mov     x8, #exit_group
        svc     #0

say:    mov     x22, x30                /* write(2, text, to its end) */
        mov     x1, x19
        bl      skip
        sub     x2, x19, x1
        sub     x2, x2, #1
        mov     x0, #2
        mov     x8, #write
        svc     #0
        ret     x22

attach: mov     x22, x30                /* mount(type, folder, type, nosuid, none), for each to the end of the list */
1:      mov     x0, x19
        mov     x2, x19
        bl      skip
        mov     x1, x19
        bl      skip
        mov     x3, #2
        mov     x4, #0
        must    mount
        ldrb    w9, [x19]
        cbnz    w9, 1b
        ret     x22

open:   mov     x0, #-100               /* openat(current folder, path, closed at execve) */
        mov     x2, #0x80000
        mov     x8, #openat
        svc     #0
        ret

skip:   ldrb    w9, [x19], #1
        cbnz    w9, skip
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
